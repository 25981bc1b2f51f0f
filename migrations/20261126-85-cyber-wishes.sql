-- Categories a reviewer does not want to look at; which sets of categories the public log knows of.

create table cyber_unwanted (
    person_id TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (person_id, category)
);

create table cyber_announced (
    sha256 TEXT PRIMARY KEY,     -- of data/cyber/categories.json, hex
    leaf BIGINT NOT NULL,
    at BIGINT NOT NULL
);
