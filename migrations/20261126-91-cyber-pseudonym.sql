-- The name a person chose for the board of those who found most; without a row they are not on it.

create table cyber_pseudonym (
    person_id TEXT PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    folded TEXT NOT NULL UNIQUE,  -- as search sees it: two names that look the same are the same
    at BIGINT NOT NULL
);
