-- Probes: programs that look at addresses from their own network and sign what they saw.

create table cyber_probe (
    name TEXT PRIMARY KEY,               -- of the key
    vkey TEXT NOT NULL,
    country TEXT NOT NULL,               -- ISO 3166-1 alpha-2
    network TEXT NOT NULL,               -- provider, as people call it
    person_id TEXT NOT NULL,             -- who registered it, and stands for its looks
    at BIGINT NOT NULL,
    retired_at BIGINT
);

create table cyber_probe_report (
    sha256 BYTEA PRIMARY KEY,            -- of the signed text: the same report counts once
    probe TEXT NOT NULL REFERENCES cyber_probe (name),
    at BIGINT NOT NULL,
    note TEXT NOT NULL                   -- as it came, so that anybody can judge it again
);
create index cyber_probe_report_of on cyber_probe_report (probe, at);
