-- Letters that go out by e-mail: queued with what causes them, sent by a job. The text and the attachments of a letter
-- that was sent are removed.

create table mail_letters (
    id TEXT PRIMARY KEY,
    recipient TEXT NOT NULL CHECK (recipient <> ''),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    key TEXT NOT NULL CHECK (key <> ''),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'given_up')),
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    bytes BIGINT NOT NULL CHECK (bytes >= 0),
    words TEXT NOT NULL,                        -- of the server, of the last attempt
    queued_at BIGINT NOT NULL,
    next_try BIGINT,                            -- NULL unless queued
    tried_at BIGINT,
    UNIQUE (purpose, key),
    CHECK ((state = 'queued') = (next_try IS NOT NULL) OR state = 'sending')
);
create index mail_letters_due on mail_letters (state, next_try);
create table mail_attachments (
    letter_id TEXT NOT NULL REFERENCES mail_letters (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (letter_id, position)
);
