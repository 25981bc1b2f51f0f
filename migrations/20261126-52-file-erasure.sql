-- A file whose bytes were erased lawfully: the row stays, so that what named it still finds out what became of it.

alter table files_file add column erased_at BIGINT;
