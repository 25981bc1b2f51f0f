-- The officer's inbox by a personal link, what came in by it, and which letter carried a final document.

create table referral_inboxes (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,            -- SHA-256 of the secret in the link; the secret itself is nowhere
    authority_id TEXT NOT NULL REFERENCES authorities (id),
    made_by TEXT NOT NULL,                      -- what comes in by the link is recorded under this name
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL CHECK (expires_at > made_at),
    revoked_at BIGINT,
    used_at BIGINT
);
create index referral_inboxes_of on referral_inboxes (authority_id, made_at);

create table referral_inbox_replies (
    id TEXT PRIMARY KEY,
    inbox_id TEXT NOT NULL REFERENCES referral_inboxes (id),
    document_id TEXT NOT NULL REFERENCES referral_documents (id),
    recommendation_id TEXT NOT NULL REFERENCES referral_recommendations (id),
    number TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    received_at BIGINT NOT NULL,
    handled_at BIGINT,                          -- when one of us chose its class
    handled_by TEXT,
    CHECK ((handled_at IS NULL) = (handled_by IS NULL))
);
create index referral_inbox_replies_open on referral_inbox_replies (document_id, handled_at);
create table referral_inbox_files (
    reply_id TEXT NOT NULL REFERENCES referral_inbox_replies (id),
    file_id TEXT NOT NULL,
    PRIMARY KEY (reply_id, file_id)
);

create table referral_letters (
    dispatch_id TEXT PRIMARY KEY REFERENCES referral_dispatches (id),
    letter_id TEXT NOT NULL,                    -- mail_letters.id
    queued_at BIGINT NOT NULL
);
