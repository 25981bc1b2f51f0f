-- Persons, their consents and what was done with their records; sessions, invitations, passphrases.

create table people (
    id TEXT PRIMARY KEY,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    pseudonym_key TEXT NOT NULL UNIQUE,  -- folded
    language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    roles TEXT NOT NULL,                 -- names with commas, at least one
    birth_year BIGINT CHECK (birth_year BETWEEN 1900 AND 2200),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'suspended', 'left')),
    sessions_from BIGINT NOT NULL,       -- sessions that began earlier are dead
    consent_id TEXT,                     -- the latest of people_consents
    sort_key TEXT NOT NULL,
    search_key TEXT NOT NULL,            -- ' word word word'
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
create index people_by_name on people (sort_key, id);

create table people_consents (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    guardian TEXT NOT NULL,
    relation TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('paper', 'in_person', 'signature')),
    given_on TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    given_by TEXT,                       -- who recorded it
    withdrawn_at BIGINT,
    withdrawn_by TEXT,
    CHECK (given_by IS NULL OR given_by <> person_id)
);
create index people_consents_of on people_consents (person_id);

create table people_events (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL,
    by_person TEXT,                      -- NULL: the console
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
);
create index people_events_of on people_events (person_id, at);

create table auth_invitations (
    id TEXT PRIMARY KEY,
    code_hash BYTEA NOT NULL UNIQUE,     -- SHA-256 of the code
    person_id TEXT NOT NULL,
    made_by TEXT,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    is_reusable BIGINT NOT NULL CHECK (is_reusable IN (0, 1)),
    CHECK (expires_at > made_at)
);
create index auth_invitations_of on auth_invitations (person_id);

create table auth_passphrases (
    person_id TEXT PRIMARY KEY,
    sign_in_name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,       -- folded
    hash TEXT NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at BIGINT NOT NULL
);

create table auth_sessions (
    id TEXT PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,    -- SHA-256 of the token
    person_id TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    device TEXT NOT NULL,
    CHECK (last_seen_at >= started_at)
);
create index auth_sessions_of on auth_sessions (person_id);
