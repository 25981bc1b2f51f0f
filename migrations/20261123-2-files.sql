-- Photos and documents: what is known of each. The bytes lie in the data directory under their SHA-256.

create table files_file (
    id TEXT PRIMARY KEY,
    sha256 BYTEA NOT NULL,               -- of the original; the same bytes may come twice
    size BIGINT NOT NULL CHECK (size > 0),
    mime TEXT NOT NULL,                  -- by magic
    width BIGINT NOT NULL,               -- of the upright derivative, 0 if there is none
    height BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ok', 'undecodable', 'none')),
    latitude DOUBLE PRECISION,           -- claims of EXIF: never public
    longitude DOUBLE PRECISION,
    taken_at TEXT NOT NULL,
    camera TEXT NOT NULL,
    orientation BIGINT NOT NULL CHECK (orientation BETWEEN 1 AND 8),
    stored_at BIGINT NOT NULL,
    CHECK (length(sha256) = 32),
    CHECK ((state = 'ok') = (width > 0 AND height > 0)),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);
create index files_file_by_hash on files_file (sha256);
