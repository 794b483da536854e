-- Signed Merkle roots over the events, each chained to the one before. Place and text of the last event of each: where the next begins.
create table portal_events.seals (
    number         bigint      primary key,
    text           text        not null,
    signature      bytea       not null,
    leaves         bytea       not null,
    epoch          integer     not null,
    transaction_id xid8        not null,
    position       bigint      not null
);
create trigger no_change before update or delete on portal_events.seals
    for each statement execute function portal_events.refuse_change();
create trigger no_truncate before truncate on portal_events.seals
    for each statement execute function portal_events.refuse_change();
