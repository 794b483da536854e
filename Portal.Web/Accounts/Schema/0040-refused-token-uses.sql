-- When and where a token was shown last from an address that it is not good from. It may never have been used otherwise.
alter table accounts.token_uses alter used_at drop not null;
alter table accounts.token_uses add refused_at timestamptz;
alter table accounts.token_uses add refused_from text;
