-- Who wishes to be on the public board of those who found most, by their pseudonym; without a row nobody is on it.

create table cyber_leader (
    person_id TEXT PRIMARY KEY,
    at BIGINT NOT NULL
);
