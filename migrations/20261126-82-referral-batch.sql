-- Verified resources that went to an authority together.

create table referral_batches (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL,
    authority_id TEXT NOT NULL REFERENCES authorities (id),
    authority_version_id TEXT NOT NULL REFERENCES authority_versions (id),
    channel TEXT NOT NULL CHECK (channel IN ('paper', 'email', 'eotinish', 'portal', 'open311')),
    out_number TEXT NOT NULL CHECK (out_number <> ''),
    sent_at BIGINT NOT NULL,
    sent_by TEXT NOT NULL,
    rule_version TEXT NOT NULL REFERENCES referral_rules (version),
    calendar_version TEXT NOT NULL,
    start_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    received_on TEXT,
    in_number TEXT NOT NULL,
    leaf BIGINT NOT NULL
);
create index referral_batches_by_time on referral_batches (sent_at);

create table referral_batch_items (
    batch_id TEXT NOT NULL REFERENCES referral_batches (id),
    ordinal BIGINT NOT NULL CHECK (ordinal BETWEEN 1 AND 50),
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    identity TEXT NOT NULL,              -- as it was sent
    category TEXT NOT NULL,
    act TEXT NOT NULL,                   -- ground in force on the day
    article TEXT NOT NULL,
    PRIMARY KEY (batch_id, ordinal),
    UNIQUE (batch_id, resource_id)
);
create index referral_batch_items_of on referral_batch_items (resource_id);
