create table accounts.device_requests (
    id uuid primary key,
    device_sha256 text not null unique,
    user_code text not null unique,
    client text not null,
    scopes text not null,
    project uuid,
    reason text,
    days integer,
    address text,
    asked timestamptz not null,
    until timestamptz not null,
    polled timestamptz
);
create index on accounts.device_requests (until);
