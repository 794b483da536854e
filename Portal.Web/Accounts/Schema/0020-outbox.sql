create table accounts.outbox (
    id uuid primary key,
    sealed bytea not null,
    attempts integer not null default 0,
    next_at timestamptz not null default now(),
    until timestamptz not null default now() + interval '1 day'
);
create index on accounts.outbox (next_at);
