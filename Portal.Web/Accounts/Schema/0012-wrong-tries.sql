-- Tries that were not right, by what was tried and from where. The subject is a hash, so that addresses without an account are
-- counted like those with one, and stand nowhere.
create table accounts.wrong_tries (
    subject bytea not null,
    address text not null,
    tries integer not null,
    last_at timestamptz not null,
    primary key (subject, address)
);
create index on accounts.wrong_tries (last_at);

-- Identity's own lock was by account alone, and could be shut by anybody.
update accounts.users set lockout_enabled = false, lockout_end = null, access_failed_count = 0;
