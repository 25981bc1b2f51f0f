-- Personal secret addresses of the calendar of deadlines. The secret itself is stored nowhere.

create table referral_feeds (
    person_id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE CHECK (length(secret_hash) = 64),
    language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    made_at BIGINT NOT NULL
);
