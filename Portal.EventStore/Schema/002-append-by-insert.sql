-- Appending is an insert: versions, hashes and times are computed by the node that appends, and the unique indices see to it that
-- only one comes to be (docs/adr/0007). event_hash stays, for whoever verifies with psql.
drop function portal_events.append(boolean, bigint[], integer[], text[], bigint[], integer[], text[], uuid[], text[], integer[], text[]);
