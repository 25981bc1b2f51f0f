-- What happens to a recommendation after its sending: hearing, extension, forwarding, escalation, appeal, a
-- repeated demand, a report of a crime, the confirmed successor of an authority. Each may have a clock of its own.

-- Who must answer now, when it is no longer the addressee: forwarded to, or the legal successor.
alter table referral_recommendations add column holder_id TEXT REFERENCES authorities (id);
alter table referral_recommendations add column holder_version_id TEXT REFERENCES authority_versions (id);

create table referral_steps (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES referral_recommendations (id),
    document_id TEXT NOT NULL REFERENCES referral_documents (id),
    kind TEXT NOT NULL CHECK (kind IN ('hearing', 'extension', 'forwarding', 'escalation', 'appeal', 'repeat',
                                       'crime_report', 'succession')),
    about_step_id TEXT REFERENCES referral_steps (id),   -- extension: of this step's clock
    authority_id TEXT REFERENCES authorities (id),
    authority_version_id TEXT REFERENCES authority_versions (id),
    channel TEXT NOT NULL,               -- '' when nothing was sent by us
    number TEXT NOT NULL,                -- of the letter
    text TEXT NOT NULL CHECK (text <> ''),
    happened_on TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    late BIGINT NOT NULL CHECK (late IN (0, 1)),   -- later than the law allows
    -- the clock, when the step starts one
    rule_version TEXT REFERENCES referral_rules (version),
    calendar_version TEXT,
    clock_start TEXT,
    due_on TEXT,
    set_by_letter BIGINT NOT NULL CHECK (set_by_letter IN (0, 1)),  -- the day is the letter's, not the calendar's
    missed_on TEXT,
    -- the end
    outcome TEXT CHECK (outcome IN ('held', 'not_held', 'upheld', 'partly', 'rejected', 'registered', 'withdrawn')),
    ended_on TEXT,
    end_number TEXT NOT NULL,
    end_text TEXT NOT NULL,
    CHECK ((outcome IS NULL) = (ended_on IS NULL)),
    CHECK (due_on IS NULL OR (rule_version IS NOT NULL AND calendar_version IS NOT NULL AND clock_start IS NOT NULL))
);
create index referral_steps_of on referral_steps (recommendation_id, recorded_at);
create index referral_steps_in on referral_steps (document_id);
create index referral_steps_open on referral_steps (outcome, due_on);
create index referral_steps_to on referral_steps (authority_id);

create table referral_step_files (
    step_id TEXT NOT NULL REFERENCES referral_steps (id),
    file_id TEXT NOT NULL,
    PRIMARY KEY (step_id, file_id)
);

alter table referral_former_deadlines add column step_id TEXT REFERENCES referral_steps (id);

-- Our own silence: a final document that was not sent in its term. Recorded once.
create table referral_missed_sends (
    control_id TEXT PRIMARY KEY,
    rule_version TEXT NOT NULL REFERENCES referral_rules (version),
    calendar_version TEXT NOT NULL,
    due_on TEXT NOT NULL,
    missed_on TEXT NOT NULL
);
