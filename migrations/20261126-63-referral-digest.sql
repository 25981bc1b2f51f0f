-- Where somebody of us wants the day's deadlines by e-mail.
create table referral_digests (
    person_id TEXT PRIMARY KEY,
    address TEXT NOT NULL CHECK (address <> ''),
    language TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
    made_at BIGINT NOT NULL
);
