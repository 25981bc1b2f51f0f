-- Contracting processes, who took part, what the red flags answered, which files they came from.

create table processes (
    id TEXT PRIMARY KEY,
    ocid TEXT NOT NULL UNIQUE,
    content_hash TEXT NOT NULL,          -- of the release as it stood in the file
    facts TEXT NOT NULL,                 -- JSON, procurement/process.hpp
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    search_key TEXT NOT NULL,            -- ' word word word'
    buyer_id TEXT NOT NULL,
    buyer_name TEXT NOT NULL,
    supplier_id TEXT NOT NULL,
    supplier_name TEXT NOT NULL,
    locality TEXT NOT NULL,
    method TEXT NOT NULL,
    method_details TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    work_kind TEXT NOT NULL,             -- '' = not physical works
    estimate BIGINT,                     -- hundredths of estimate_currency
    estimate_currency TEXT NOT NULL,
    contract_sum BIGINT,                 -- hundredths of contract_currency
    contract_currency TEXT NOT NULL,
    signed_at BIGINT,
    ends_at BIGINT,
    warranty_until BIGINT,
    imported_at BIGINT NOT NULL,
    failed BIGINT NOT NULL DEFAULT 0,
    applicable BIGINT NOT NULL DEFAULT 0,
    rank BIGINT NOT NULL DEFAULT 0,      -- higher first; screen.hpp rank()
    screened_at BIGINT,
    screened_with TEXT,                  -- version of the rules
    CHECK (failed >= 0 AND applicable >= failed)
);
create index processes_by_rank on processes (rank DESC, ocid);
create index processes_works on processes (work_kind, rank DESC, ocid);

create table process_parties (
    process_id TEXT NOT NULL REFERENCES processes (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('buyer', 'procuring_entity', 'tenderer', 'supplier')),
    party_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (process_id, position)
);
create index process_parties_of on process_parties (party_id, role);

create table process_flags (
    process_id TEXT NOT NULL REFERENCES processes (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('fail', 'pass', 'not_applicable')),
    answer TEXT NOT NULL,                -- JSON, procurement/flag.hpp
    PRIMARY KEY (process_id, code)
);
create index process_flags_by_code on process_flags (code, outcome);

create table process_imports (
    id TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    rows_read BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    duplicates BIGINT NOT NULL,
    imported_at BIGINT NOT NULL
);
