-- When the person last proved who they are: at sign-in, or anew since. Of sessions from before that is their beginning.
alter table accounts.sessions add proved_at timestamptz;
update accounts.sessions set proved_at = began_at;
alter table accounts.sessions alter proved_at set not null;
