-- Authorities: whom they belong to, where, what they answer for, and the channels with their limits.

alter table authority_versions add column parent_id TEXT REFERENCES authorities (id);
alter table authority_versions add column territory TEXT NOT NULL DEFAULT '';   -- "kz/almaty/medeu"; '' unknown

create table authority_competences (
    id TEXT PRIMARY KEY,
    authority_id TEXT NOT NULL REFERENCES authorities (id),
    topic TEXT NOT NULL,
    territory TEXT NOT NULL CHECK (territory <> ''),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    source TEXT NOT NULL CHECK (source <> ''),
    verified BIGINT NOT NULL CHECK (verified IN (0, 1)),
    UNIQUE (authority_id, topic, territory, valid_from),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
create index authority_competences_topic on authority_competences (topic, territory);

create table authority_channels (
    id TEXT PRIMARY KEY,
    authority_id TEXT NOT NULL REFERENCES authorities (id),
    kind TEXT NOT NULL CHECK (kind IN ('paper', 'email', 'eotinish', 'portal', 'open311')),
    address TEXT NOT NULL,
    max_letters BIGINT CHECK (max_letters > 0),       -- of the text; NULL: no limit known
    max_files BIGINT CHECK (max_files >= 0),
    max_file_bytes BIGINT CHECK (max_file_bytes > 0),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    source TEXT NOT NULL CHECK (source <> ''),
    UNIQUE (authority_id, kind, valid_from),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
