create table accounts.ended_sessions (
    id uuid primary key,
    until timestamptz not null
);
create index on accounts.ended_sessions (until);
