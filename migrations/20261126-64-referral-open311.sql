-- A recommendation that goes to an Open311 server: one service request each.

create table referral_open311 (
    recommendation_id TEXT PRIMARY KEY REFERENCES referral_recommendations (id),
    dispatch_id TEXT NOT NULL REFERENCES referral_dispatches (id),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'closed', 'unsure', 'refused')),
    request TEXT NOT NULL,                      -- service_request_id, the number of the server
    token TEXT NOT NULL,
    words TEXT NOT NULL,                        -- last word of the server
    tries BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);
create index referral_open311_due on referral_open311 (state, next_at);
create index referral_open311_of on referral_open311 (dispatch_id);
