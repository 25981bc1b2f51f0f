-- The search keeps the narrow rows in memory: which state of them, so that each node knows when to read them again.
create table procurement_search_state (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    token TEXT NOT NULL                  -- another one after every change
);
--@ sqlite
insert into procurement_search_state (id, token) values (1, lower(hex(randomblob(13))));
--@ postgres
insert into procurement_search_state (id, token) values (1, md5(random()::text || clock_timestamp()::text));
--@ all
drop index process_facets_works;
drop index process_facets_counted;
