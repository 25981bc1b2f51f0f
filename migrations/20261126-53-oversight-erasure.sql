-- A photo that must go by law: one person asks, another decides.

create table oversight_erasure (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES oversight_finding (id),
    file_id TEXT NOT NULL REFERENCES files_file (id),
    ground TEXT NOT NULL,        -- code, goes into the public log as the basis
    text TEXT NOT NULL,          -- who demanded it and why; never public
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
    decided_by TEXT,
    decided_at BIGINT,
    answer TEXT NOT NULL,        -- why it was refused
    leaf BIGINT,                 -- first redaction entry; none when the photo was never sealed
    CHECK ((state = 'asked') = (decided_by IS NULL)),
    CHECK ((state = 'asked') = (decided_at IS NULL)),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
create index oversight_erasure_by_finding on oversight_erasure (finding_id);
create index oversight_erasure_by_state on oversight_erasure (state, asked_at);
