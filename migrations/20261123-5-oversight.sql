-- Districts, places, controls, assignments, visits with every version, findings, verifications, fixes, and the
-- append-only log of what happened to them.

create table oversight_district (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_kk TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL,
    outline TEXT NOT NULL,               -- GeoJSON geometry
    source TEXT NOT NULL
);

create table oversight_place (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name_kk TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL,
    address TEXT NOT NULL,
    district_id TEXT REFERENCES oversight_district (id),
    geometry TEXT,                       -- GeoJSON geometry
    longitude DOUBLE PRECISION,          -- of its representative point
    latitude DOUBLE PRECISION,
    grid_x BIGINT,                       -- Web Mercator, 2^24 cells across the world
    grid_y BIGINT,
    works_kk TEXT NOT NULL,
    works_ru TEXT NOT NULL,
    works_en TEXT NOT NULL,
    works_status TEXT CHECK (works_status IN ('planned', 'in_progress', 'done', 'cancelled')),
    works_start TEXT,
    works_end TEXT,
    process TEXT NOT NULL,               -- public identity of the procurement process, or empty
    buyer TEXT NOT NULL,
    contractor TEXT NOT NULL,
    contract_sum BIGINT,                 -- tiyn
    act_date TEXT,
    warranty_until TEXT,
    source TEXT NOT NULL,
    source_id TEXT NOT NULL,
    restricted BIGINT NOT NULL CHECK (restricted IN (0, 1)),
    sort_key TEXT NOT NULL,
    search_text TEXT NOT NULL,           -- ' word word word'
    version BIGINT NOT NULL,
    UNIQUE (source, source_id),
    CHECK ((geometry IS NULL) = (grid_x IS NULL))
);
create index oversight_place_by_name on oversight_place (sort_key, id);
create index oversight_place_by_district on oversight_place (district_id);
create index oversight_place_by_grid on oversight_place (grid_x, grid_y);
create index oversight_place_by_process on oversight_place (process);

create table oversight_control (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    form TEXT NOT NULL,
    tasks TEXT NOT NULL,                 -- JSON list of texts
    object_name TEXT NOT NULL,
    object_bin TEXT NOT NULL,
    checklist TEXT NOT NULL,
    checklist_hash BYTEA,                -- fixed when the control opens
    ground_legal TEXT NOT NULL,
    ground_flag TEXT NOT NULL,
    ground_process TEXT NOT NULL,
    ground_explanation TEXT NOT NULL,
    planned_from TEXT,
    planned_to TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'completed', 'documented', 'closed', 'cancelled')),
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    opened_at BIGINT,
    completed_at BIGINT,
    search_text TEXT NOT NULL,
    version BIGINT NOT NULL,
    CHECK (state IN ('draft', 'cancelled') OR (opened_at IS NOT NULL AND checklist_hash IS NOT NULL))
);
create index oversight_control_by_state on oversight_control (state, id);

create table oversight_control_subject (
    control_id TEXT NOT NULL REFERENCES oversight_control (id),
    person_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    role TEXT NOT NULL,
    conflict TEXT NOT NULL CHECK (conflict IN ('not_declared', 'none', 'declared')),
    declared_at BIGINT,
    PRIMARY KEY (control_id, person_id),
    CHECK ((conflict = 'not_declared') = (declared_at IS NULL))
);
create index oversight_control_subject_by_person on oversight_control_subject (person_id);

create table oversight_control_place (
    control_id TEXT NOT NULL REFERENCES oversight_control (id),
    place_id TEXT NOT NULL REFERENCES oversight_place (id),
    position BIGINT NOT NULL,
    PRIMARY KEY (control_id, place_id)
);
create index oversight_control_place_by_place on oversight_control_place (place_id);

create table oversight_assignment (
    id TEXT PRIMARY KEY,
    control_id TEXT NOT NULL REFERENCES oversight_control (id),
    place_id TEXT NOT NULL REFERENCES oversight_place (id),
    due TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'released', 'done')),
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
create index oversight_assignment_by_control on oversight_assignment (control_id, id);

create table oversight_assignment_person (
    assignment_id TEXT NOT NULL REFERENCES oversight_assignment (id),
    person_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (assignment_id, person_id)
);
create index oversight_assignment_person_by_person on oversight_assignment_person (person_id);

create table oversight_visit (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL UNIQUE,      -- made on the device: the same visit sent again is found by it
    assignment_id TEXT NOT NULL REFERENCES oversight_assignment (id),
    control_id TEXT NOT NULL REFERENCES oversight_control (id),
    place_id TEXT NOT NULL REFERENCES oversight_place (id),
    sent_by TEXT NOT NULL,
    checklist TEXT NOT NULL,
    checklist_hash BYTEA NOT NULL,
    version BIGINT NOT NULL,             -- the current one, below
    state TEXT NOT NULL CHECK (state IN ('awaiting_media', 'complete', 'needs_info', 'amended', 'accepted', 'rejected', 'sealed')),
    reject_reason TEXT,
    review_text TEXT NOT NULL,
    leaf BIGINT,
    CHECK ((state = 'rejected') = (reject_reason IS NOT NULL)),
    CHECK ((state = 'sealed') = (leaf IS NOT NULL))
);
create index oversight_visit_by_state on oversight_visit (state, id);
create index oversight_visit_by_control on oversight_visit (control_id, id);
create index oversight_visit_by_assignment on oversight_visit (assignment_id);
create index oversight_visit_by_place on oversight_visit (place_id);

create table oversight_visit_person (
    visit_id TEXT NOT NULL REFERENCES oversight_visit (id),
    person_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (visit_id, person_id)
);
create index oversight_visit_person_by_person on oversight_visit_person (person_id);

create table oversight_visit_version (
    visit_id TEXT NOT NULL REFERENCES oversight_visit (id),
    version BIGINT NOT NULL,
    content_hash BYTEA NOT NULL,
    answers TEXT NOT NULL,               -- canonical JSON
    observations TEXT NOT NULL,          -- JSON
    photos TEXT NOT NULL,                -- JSON; only the file of a photo is filled in later
    longitude DOUBLE PRECISION,
    latitude DOUBLE PRECISION,
    accuracy_m DOUBLE PRECISION,
    position_at BIGINT,
    started_at BIGINT,
    finished_at BIGINT,
    distance_m DOUBLE PRECISION,
    is_far BIGINT NOT NULL CHECK (is_far IN (0, 1)),
    received_at BIGINT NOT NULL,
    PRIMARY KEY (visit_id, version)
);

create table oversight_finding (
    id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    visit_id TEXT REFERENCES oversight_visit (id),
    control_id TEXT REFERENCES oversight_control (id),
    place_id TEXT NOT NULL REFERENCES oversight_place (id),
    checklist TEXT NOT NULL,
    rule TEXT NOT NULL,
    question TEXT NOT NULL,
    value TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('minor', 'major', 'danger')),
    note TEXT NOT NULL,
    photos TEXT NOT NULL,                -- JSON
    state TEXT NOT NULL,
    urgent BIGINT NOT NULL CHECK (urgent IN (0, 1)),
    verification_due BIGINT,
    verified_at BIGINT,
    warranty BIGINT NOT NULL CHECK (warranty IN (0, 1)),
    duplicate_of TEXT REFERENCES oversight_finding (id),
    archive_proposed_by TEXT,
    seal_leaf BIGINT UNIQUE,
    seal_eid TEXT,
    seal_case TEXT UNIQUE,
    seal_by TEXT,
    seal_at BIGINT,
    publication_leaf BIGINT UNIQUE,
    publication_eid TEXT,
    publication_by TEXT,
    publication_at BIGINT,
    summary TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    search_text TEXT NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (visit_id, question, rule),
    CHECK (seal_leaf IS NULL OR verified_at IS NOT NULL),
    CHECK (publication_leaf IS NULL OR seal_leaf IS NOT NULL),
    CHECK ((state = 'duplicate') = (duplicate_of IS NOT NULL))
);
create index oversight_finding_by_state on oversight_finding (state, id);
create index oversight_finding_by_place on oversight_finding (place_id, id);
create index oversight_finding_by_control on oversight_finding (control_id, id);
create index oversight_finding_by_publication on oversight_finding (publication_leaf);

create table oversight_finding_author (
    finding_id TEXT NOT NULL REFERENCES oversight_finding (id),
    person_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (finding_id, person_id)
);

create table oversight_verification (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES oversight_finding (id),
    verifier TEXT NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('revisit', 'desk')),
    result TEXT NOT NULL CHECK (result IN ('confirm', 'refute', 'unsure')),
    text TEXT NOT NULL,
    photos TEXT NOT NULL,                -- file ids with spaces between
    at BIGINT NOT NULL
);
create index oversight_verification_of on oversight_verification (finding_id, id);

create table oversight_fix (
    id TEXT PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES oversight_finding (id),
    claimant TEXT NOT NULL CHECK (claimant IN ('authority', 'contractor', 'citizen')),
    claimed_by TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'passed', 'failed'))
);
create index oversight_fix_of on oversight_fix (finding_id, id);

create table oversight_fix_check (
    fix_id TEXT PRIMARY KEY REFERENCES oversight_fix (id),
    checker TEXT NOT NULL,
    is_fixed BIGINT NOT NULL CHECK (is_fixed IN (0, 1)),
    longitude DOUBLE PRECISION,
    latitude DOUBLE PRECISION,
    accuracy_m DOUBLE PRECISION,
    position_at BIGINT,
    distance_m DOUBLE PRECISION,
    photos TEXT NOT NULL,                -- JSON
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);

create table oversight_event (
    entity TEXT NOT NULL CHECK (entity IN ('control', 'assignment', 'visit', 'finding')),
    entity_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    actor TEXT,
    role TEXT NOT NULL,
    at BIGINT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (entity, entity_id, seq)
);

-- The event log is append-only.
--@ sqlite
create trigger oversight_event_no_update before update on oversight_event
begin select raise(abort, 'oversight_event is append-only'); end;
create trigger oversight_event_no_delete before delete on oversight_event
begin select raise(abort, 'oversight_event is append-only'); end;
--@ postgres
create function oversight_event_is_append_only() returns trigger language plpgsql as
$$ begin raise exception 'oversight_event is append-only'; end; $$;
create trigger oversight_event_no_change before update or delete on oversight_event
    for each row execute function oversight_event_is_append_only();
--@ all
