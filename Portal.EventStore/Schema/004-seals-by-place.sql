-- The seal of an event is the first whose place is not before it.
create index seals_by_place on portal_events.seals (epoch, transaction_id, position);
