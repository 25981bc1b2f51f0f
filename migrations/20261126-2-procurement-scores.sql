-- Weights of red flags, and the register of unscrupulous suppliers.

-- Sums of the weights of the failed and of the applicable flags (procurement/score.hpp). processes.rank is made from
-- them; ranks of before stay until the next screening, which replaces all.
create table process_scores (
    process_id TEXT PRIMARY KEY REFERENCES processes (id) ON DELETE CASCADE,
    failed_weight BIGINT NOT NULL,
    applicable_weight BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    CHECK (failed_weight >= 0 AND applicable_weight >= failed_weight)
);

create table unscrupulous_suppliers (
    id TEXT PRIMARY KEY,                 -- of the source, else of its content
    supplier TEXT NOT NULL,              -- BIN, or '~' and a hash of the number of a person (procurement/rnu.hpp)
    head TEXT NOT NULL,                  -- the same for the head; '' unknown
    name TEXT NOT NULL,                  -- of an organisation; '' of a person
    reason TEXT NOT NULL,
    starts_on TEXT,                      -- YYYY-MM-DD
    ends_on TEXT,                        -- the last day
    imported_at BIGINT NOT NULL
);
create index unscrupulous_suppliers_by_supplier on unscrupulous_suppliers (supplier);
