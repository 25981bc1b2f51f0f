-- Keys by which programs fetch the feeds; only hashes are kept.

create table cyber_feed_key (
    token_hash TEXT PRIMARY KEY,
    label TEXT NOT NULL CHECK (label <> ''),
    person_id TEXT NOT NULL,     -- whose key it is; it gives what that person may have
    made_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);
create index cyber_feed_key_of on cyber_feed_key (person_id, made_at);
