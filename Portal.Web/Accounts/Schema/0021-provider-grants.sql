create table accounts.provider_grants (
    user_id uuid not null references accounts.users (id) on delete cascade,
    provider text not null,
    project uuid not null,
    primary key (user_id, provider, project)
);
