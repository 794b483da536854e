-- Since when an authenticator app counts; the key of one that is only being set up counts nothing.
alter table accounts.users add column authenticator_since timestamptz;

-- Key and name of a passkey are kept by Identity, as JSON; when it was used last is noted beside them.
create table accounts.user_passkeys (
    credential_id bytea primary key,
    user_id uuid not null references accounts.users (id) on delete cascade,
    data jsonb not null,
    used_at timestamptz
);
create index on accounts.user_passkeys (user_id);

-- Codes of authenticator apps that were taken: each is good once.
create table accounts.used_codes (
    user_id uuid not null references accounts.users (id) on delete cascade,
    code text not null,
    until timestamptz not null,
    primary key (user_id, code)
);
create index on accounts.used_codes (until);
