-- When an approver was told last, by mail, that runs of a project wait.
create table accounts.told_approvers (
    user_id uuid not null,
    project uuid not null,
    at timestamptz not null default now(),
    primary key (user_id, project)
);
