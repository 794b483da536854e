-- The table of events, append-only, and the one function that writes to it.

create table portal_events.meta (
    only_row boolean primary key default true check (only_row),
    epoch    integer not null
);
insert into portal_events.meta (epoch) values (1);

create table portal_events.events (
    position       bigint generated always as identity primary key,
    epoch          integer     not null,
    transaction_id xid8        not null default pg_current_xact_id(),
    stream         text        not null,
    version        bigint      not null check (version > 0),
    id             uuid        not null,
    type           text        not null,
    type_version   integer     not null,
    body           json        not null,
    metadata       json        not null,
    time           timestamptz not null,
    hash           bytea       not null
);
create unique index events_by_stream on portal_events.events (stream, version);
create unique index events_by_id on portal_events.events (stream, id);
create index events_in_order on portal_events.events (epoch, transaction_id, position);

create function portal_events.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'events are append-only' using errcode = 'restrict_violation';
end $$;
create trigger no_change before update or delete on portal_events.events
    for each statement execute function portal_events.refuse_change();
create trigger no_truncate before truncate on portal_events.events
    for each statement execute function portal_events.refuse_change();

-- The hash of one event; the layout is described in the README of the event store. Not immutable, because the time's
-- conversion is not by name: a function that claims more than its body is not inlined, and many times slower.
create function portal_events.event_hash(
    previous bytea, stream text, version bigint, id uuid, type text, type_version integer, body text, metadata text, at timestamptz)
returns bytea language sql stable as $$
    select sha256(
        previous
        || int4send(octet_length(stream)) || convert_to(stream, 'UTF8')
        || int8send(version) || uuid_send(id)
        || int4send(octet_length(type)) || convert_to(type, 'UTF8') || int4send(type_version)
        || int4send(octet_length(body)) || convert_to(body, 'UTF8')
        || int4send(octet_length(metadata)) || convert_to(metadata, 'UTF8')
        || int8send((extract(epoch from at) * 1000000)::bigint))
$$;

-- Appends what many callers want in one transaction. A request is all or nothing by itself: a conflict of one leaves the
-- others untouched. Arrays of length S describe streams, arrays of length E events; requests lie one behind the other.
-- Locks name the streams and the inline read models concerned; they come sorted, so that two nodes cannot wait for one
-- another. A known event id is only looked for where the expected version does not fit or the caller is careful; elsewhere
-- the unique index refuses it, and the caller comes again with care.
-- One row comes back per stream: outcome 0 appended, 1 was there already, 2 conflict, 3 not written because of a conflict
-- beside it; the version of the stream, and the position of its last event of this request.
create function portal_events.append(
    careful boolean, locks bigint[], requests integer[], streams text[], expected bigint[], counts integer[], metadatas text[],
    ids uuid[], types text[], type_versions integer[], bodies text[])
returns table (outcome integer, stream_version bigint, last_position bigint) language plpgsql as $$
declare
    streams_count integer := cardinality(streams);
    epoch_now integer;
    first integer := 1;
    last integer;
    event integer := 1;
    next_event integer;
    wanted integer;
    present integer;
    refused integer;
    known_events integer;
    known_last bigint;
    known_at bigint;
    head_version bigint;
    head_hash bytea;
    head_time timestamptz;
    version_of bigint[];
    hash_of bytea[];
    time_of timestamptz[];
    known_of integer[];
    known_version bigint[];
    known_position bigint[];
    at timestamptz;
begin
    -- Before the first write, so that transaction ids follow the order in which a stream was held: a later event of a
    -- stream never has a smaller transaction id.
    for i in 1..cardinality(locks) loop
        if pg_advisory_xact_lock(locks[i]) is null then
        end if;
    end loop;
    select m.epoch into epoch_now from portal_events.meta m;

    while first <= streams_count loop
        last := first;
        while last < streams_count and requests[last + 1] = requests[first] loop
            last := last + 1;
        end loop;

        next_event := event;
        wanted := 0;
        present := 0;
        for i in first..last loop
            select e.version, e.hash, e.time into head_version, head_hash, head_time from portal_events.events e
                where e.stream = streams[i] order by e.version desc limit 1;
            if head_version is null then
                version_of[i] := 0;
                hash_of[i] := decode(repeat('00', 32), 'hex');
                time_of[i] := '-infinity';
            else
                version_of[i] := head_version;
                hash_of[i] := head_hash;
                time_of[i] := head_time;
            end if;
            known_of[i] := 0;
            if version_of[i] > 0 and (careful or expected[i] <> version_of[i]) then
                select count(*)::integer, max(e.version), max(e.position)
                    into known_events, known_last, known_at
                    from portal_events.events e
                    where e.stream = streams[i] and e.id = any (ids[next_event:next_event + counts[i] - 1]);
                known_of[i] := known_events;
                known_version[i] := known_last;
                known_position[i] := known_at;
                present := present + known_events;
            end if;
            next_event := next_event + counts[i];
            wanted := wanted + counts[i];
        end loop;

        if present > 0 and present < wanted and not careful then
            careful := true;
            continue;
        end if;
        if present = wanted then
            for i in first..last loop
                outcome := 1;
                stream_version := known_version[i];
                last_position := known_position[i];
                return next;
            end loop;
        else
            refused := 0;
            for i in first..last loop
                if refused = 0 and (known_of[i] > 0 or (expected[i] <> -1 and expected[i] <> version_of[i])) then
                    refused := i;
                end if;
            end loop;
            at := clock_timestamp();
            for i in first..last loop
                outcome := case when refused = 0 then 0 when refused = i then 2 else 3 end;
                last_position := 0;
                if refused = 0 then
                    at := greatest(at, time_of[i]);
                    for j in event..event + counts[i] - 1 loop
                        version_of[i] := version_of[i] + 1;
                        hash_of[i] := portal_events.event_hash(hash_of[i], streams[i], version_of[i], ids[j], types[j],
                            type_versions[j], bodies[j], metadatas[i], at);
                        insert into portal_events.events as e
                            (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
                            values (epoch_now, streams[i], version_of[i], ids[j], types[j], type_versions[j],
                                bodies[j]::json, metadatas[i]::json, at, hash_of[i])
                            returning e.position into last_position;
                    end loop;
                    event := event + counts[i];
                end if;
                stream_version := version_of[i];
                return next;
            end loop;
        end if;
        event := next_event;
        first := last + 1;
    end loop;
end $$;

-- How far each read model has come.
create table portal_events.projection (
    name        text primary key,
    version     integer     not null,
    declaration text        not null,
    inline      boolean     not null,
    position    bigint      not null default 0,
    updated     timestamptz not null default now(),
    failures    integer     not null default 0,
    error       text
);
create schema if not exists portal_documents;
