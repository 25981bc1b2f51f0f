-- Days of the calendar that the operator enters beside the shipped ones, every version of the calendar that a
-- clock was counted with, and why a deadline moved.

create table calendar_days (
    id TEXT PRIMARY KEY,
    date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'religious', 'day_off', 'working', 'ordinary')),
    source TEXT NOT NULL CHECK (source <> ''),
    known_from TEXT NOT NULL,
    known_to TEXT,
    entered_by TEXT,                     -- NULL: from a file at the console
    entered_at BIGINT NOT NULL,
    UNIQUE (date, kind, known_from),
    CHECK (known_to IS NULL OR known_to >= known_from)
);

create table calendar_versions (
    version TEXT PRIMARY KEY,
    days TEXT NOT NULL,                  -- days off, the line "working", moved working days
    kept_at BIGINT NOT NULL,
    recounted_at BIGINT                  -- when all open deadlines were counted with it
);

alter table referral_former_deadlines add column reason TEXT NOT NULL DEFAULT 'received';
alter table referral_former_deadlines add column next_due TEXT;        -- what replaced it
alter table referral_former_deadlines add column leaf BIGINT;          -- of the public log
