-- Illegal resources: who reported them, who looked at them, what became of them.

create table cyber_resource (
    id TEXT PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,       -- kind and key: "telegram:casinokz", "url:example.kz/pay"
    kind TEXT NOT NULL,
    host TEXT NOT NULL,
    registrable TEXT NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('host', 'domain', 'path')),
    category TEXT NOT NULL,
    severity BIGINT NOT NULL CHECK (severity BETWEEN 1 AND 5),
    state TEXT NOT NULL,
    is_guarded BIGINT NOT NULL CHECK (is_guarded IN (0, 1)),
    cleared_by_coordinator TEXT,
    cleared_by_lawyer TEXT,
    score BIGINT NOT NULL,
    reasons TEXT NOT NULL,               -- JSON
    guards TEXT NOT NULL,                -- JSON
    cluster TEXT NOT NULL,
    case_id TEXT NOT NULL,               -- of the public log
    first_reported_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    verified_at BIGINT,
    alive_at BIGINT,
    version BIGINT NOT NULL
);
create index cyber_resource_queue on cyber_resource (state, score, id);
create index cyber_resource_cluster on cyber_resource (cluster);

create table cyber_report (
    id TEXT PRIMARY KEY,
    resource_id TEXT REFERENCES cyber_resource (id), -- none: sealed, only the hash is kept
    person_id TEXT,                      -- none: anonymous
    category TEXT NOT NULL,
    note TEXT NOT NULL,
    sha256 BYTEA NOT NULL,               -- of the identity
    is_first BIGINT NOT NULL CHECK (is_first IN (0, 1)),
    at BIGINT NOT NULL,
    CHECK (resource_id IS NOT NULL OR (note = '' AND person_id IS NULL))
);
create index cyber_report_of on cyber_report (resource_id);
create index cyber_report_at on cyber_report (at);

create table cyber_claim (
    resource_id TEXT PRIMARY KEY REFERENCES cyber_resource (id),
    person_id TEXT NOT NULL,
    until_at BIGINT NOT NULL
);

create table cyber_capture (
    id TEXT PRIMARY KEY,
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    file_id TEXT NOT NULL REFERENCES files_file (id),
    person_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
create index cyber_capture_of on cyber_capture (resource_id);

create table cyber_review (
    id TEXT PRIMARY KEY,
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    reviewer TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'reject')),
    category TEXT NOT NULL,
    scope TEXT NOT NULL,
    answers TEXT NOT NULL,               -- JSON
    text TEXT NOT NULL CHECK (text <> ''),
    capture_id TEXT REFERENCES cyber_capture (id),
    no_capture TEXT NOT NULL,
    is_arbitration BIGINT NOT NULL CHECK (is_arbitration IN (0, 1)),
    categories_version TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (resource_id, reviewer)
);
create index cyber_review_by on cyber_review (reviewer, at);

create table cyber_check (
    id BIGINT NOT NULL,
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    vantage TEXT NOT NULL,
    country TEXT NOT NULL,
    seen TEXT NOT NULL CHECK (seen IN ('alive', 'dead', 'blocked')),
    person_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (resource_id, id)
);

create table cyber_event (
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    seq BIGINT NOT NULL,
    person_id TEXT,                      -- none: the system or a reporter without a name
    at BIGINT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    text TEXT NOT NULL,                  -- not public
    leaf BIGINT,
    PRIMARY KEY (resource_id, seq)
);
create index cyber_event_to on cyber_event (to_state, at);
