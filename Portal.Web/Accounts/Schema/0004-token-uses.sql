create table accounts.token_uses (
    token uuid primary key,
    used_at timestamptz not null,
    address text
);
