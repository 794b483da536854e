-- A session is a row for as long as it goes on: what is not here has ended. Sessions from before have none, and end.
create table accounts.sessions (
    id uuid primary key,
    user_id uuid not null references accounts.users (id) on delete cascade,
    -- The account's stamp as the session knows it: a changed password makes another one.
    stamp text not null,
    client text not null,
    address text,
    began_at timestamptz not null,
    seen_at timestamptz not null,
    until timestamptz not null
);
create index on accounts.sessions (user_id, seen_at desc);
create index on accounts.sessions (until);
drop table accounts.ended_sessions;
