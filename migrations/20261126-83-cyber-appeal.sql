-- An owner says that a resource is wrongly listed; two people who had no part in it decide.

create table cyber_appeal (
    id TEXT PRIMARY KEY,
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    contact TEXT NOT NULL CHECK (contact <> ''), -- to answer to; never public
    text TEXT NOT NULL CHECK (text <> ''),
    at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused'))
);
create index cyber_appeal_of on cyber_appeal (resource_id);
create index cyber_appeal_by_state on cyber_appeal (state, at);

create table cyber_appeal_vote (
    appeal_id TEXT NOT NULL REFERENCES cyber_appeal (id),
    person_id TEXT NOT NULL,
    grants BIGINT NOT NULL CHECK (grants IN (0, 1)),
    text TEXT NOT NULL CHECK (text <> ''),
    at BIGINT NOT NULL,
    PRIMARY KEY (appeal_id, person_id)
);
