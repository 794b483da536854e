-- Streams whose bodies and metadata stand in a file: what is sealed and chained of their events stays (docs/adr/0056).
create table portal_events.archives (
    id       uuid        primary key,
    file     text        not null,
    sha256   text        not null,
    bytes    bigint      not null,
    streams  bigint      not null,
    events   bigint      not null,
    -- A line for each stream: how many events, the digest over what is kept of them, its name.
    manifest text        not null,
    made     timestamptz not null,
    restored timestamptz
);
create trigger no_removal before delete on portal_events.archives
    for each statement execute function portal_events.refuse_change();
create trigger no_truncate before truncate on portal_events.archives
    for each statement execute function portal_events.refuse_change();

-- An appending node has seen this many archives made: what it remembers of streams holds as long as there are no more.
alter table portal_events.meta add column archives integer not null default 0;

alter table portal_events.events add column archive uuid;
alter table portal_events.events alter column body drop not null, alter column metadata drop not null;
-- Not checked for what is there already, which had neither.
alter table portal_events.events add constraint whole_or_archived check (case when archive is null
    then body is not null and metadata is not null else body is null and metadata is null end) not valid;

-- The one change that an event bears: that its contents go to the archive that is being made, and come back from the one that is
-- being restored, so that they give the hash which stands beside them.
create function portal_events.permit_archiving() returns trigger language plpgsql as $$
declare
    archiving text := current_setting('portal_events.archiving', true);
begin
    if tg_op = 'UPDATE' and (new.position, new.epoch, new.transaction_id, new.stream, new.version, new.id, new.type, new.type_version,
            new.time, new.hash) is not distinct from (old.position, old.epoch, old.transaction_id, old.stream, old.version, old.id,
            old.type, old.type_version, old.time, old.hash) then
        if old.archive is null and new.archive::text = archiving then
            return new;
        end if;
        if old.archive::text = archiving and new.archive is null and new.hash = portal_events.event_hash(
                coalesce((select e.hash from portal_events.events e where e.stream = new.stream and e.version = new.version - 1),
                    decode(repeat('00', 32), 'hex')),
                new.stream, new.version, new.id, new.type, new.type_version, new.body::text, new.metadata::text, new.time) then
            return new;
        end if;
    end if;
    raise exception 'events are append-only' using errcode = 'restrict_violation';
end $$;
drop trigger no_change on portal_events.events;
create trigger no_change before update or delete on portal_events.events
    for each row execute function portal_events.permit_archiving();
