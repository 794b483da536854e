create table accounts.invitation_addresses (
    invitation uuid primary key,
    address text not null,
    normalized_address text not null,
    until timestamptz not null
);
create index on accounts.invitation_addresses (until);
