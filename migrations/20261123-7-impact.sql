-- Savings with their proof, and figures frozen as of a moment.

create table savings (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    family TEXT NOT NULL,
    object_key TEXT NOT NULL CHECK (object_key <> ''),
    finding_id TEXT,
    baseline_text TEXT NOT NULL,
    method_text TEXT NOT NULL,
    method TEXT NOT NULL,
    baseline BIGINT NOT NULL,            -- tiyn
    actual BIGINT NOT NULL CHECK (actual >= 0),
    grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C', 'D', 'E')),
    our_share_bp BIGINT NOT NULL CHECK (our_share_bp BETWEEN 1 AND 10000),
    state TEXT NOT NULL CHECK (state IN ('claimed', 'approved_once', 'confirmed', 'rejected', 'withdrawn',
                                         'revised')),
    live BIGINT NOT NULL CHECK (live IN (0, 1)),
    claimed_by TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    approved_by TEXT,
    approved_at BIGINT,
    confirmed_by TEXT,
    confirmed_at BIGINT,
    ended_by TEXT,
    ended_at BIGINT,
    end_reason TEXT NOT NULL,
    replaces_id TEXT REFERENCES savings (id),
    version BIGINT NOT NULL,
    CHECK (baseline > actual),
    CHECK ((live = 1) = (state IN ('claimed', 'approved_once', 'confirmed'))),
    -- Four eyes, twice: three people.
    CHECK (approved_by IS NULL OR approved_by <> claimed_by),
    CHECK (confirmed_by IS NULL OR (confirmed_by <> claimed_by AND confirmed_by <> approved_by)),
    CHECK (state <> 'confirmed' OR (confirmed_by IS NOT NULL AND approved_by IS NOT NULL AND grade IN ('A', 'B')))
);
-- Invariant 6: one live saving per object and family.
create unique index savings_live on savings (object_key, family) where live = 1;
create index savings_newest on savings (claimed_at, id);
create index savings_of_finding on savings (finding_id);

create table saving_attributions (
    saving_id TEXT NOT NULL REFERENCES savings (id),
    organisation TEXT NOT NULL,
    share_bp BIGINT NOT NULL CHECK (share_bp BETWEEN 1 AND 10000),
    PRIMARY KEY (saving_id, organisation)
);

create table saving_evidence (
    saving_id TEXT NOT NULL REFERENCES savings (id),
    file_id TEXT NOT NULL,
    PRIMARY KEY (saving_id, file_id)
);

create table frozen_figures (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    value BIGINT NOT NULL,
    denominator BIGINT,
    record_count BIGINT NOT NULL,
    manifest TEXT NOT NULL CHECK (length(manifest) = 64),
    as_of BIGINT NOT NULL,
    frozen_by TEXT NOT NULL,
    frozen_at BIGINT NOT NULL
);
create unique index frozen_figures_once on frozen_figures (code, as_of);
