-- Authorities and their versions, final documents, recommendations with their clocks, sendings, replies.
-- Days are TEXT "2026-03-18"; moments are milliseconds.

create table authorities (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

create table authority_versions (
    id TEXT PRIMARY KEY,
    authority_id TEXT NOT NULL REFERENCES authorities (id),
    name_kk TEXT NOT NULL CHECK (name_kk <> ''),
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL,
    bin TEXT NOT NULL CHECK (bin = '' OR length(bin) = 12),
    channel TEXT NOT NULL CHECK (channel IN ('paper', 'email', 'eotinish', 'portal', 'open311')),
    address TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,                       -- last day; NULL: still in force
    legal_act TEXT NOT NULL,
    source TEXT NOT NULL,
    verified BIGINT NOT NULL CHECK (verified IN (0, 1)),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
create unique index authority_versions_from on authority_versions (authority_id, valid_from);

create table authority_successions (
    from_id TEXT NOT NULL REFERENCES authorities (id),
    to_id TEXT NOT NULL REFERENCES authorities (id),
    kind TEXT NOT NULL CHECK (kind IN ('rename', 'merge', 'split', 'function_transfer')),
    happened_on TEXT NOT NULL,
    act TEXT NOT NULL,
    PRIMARY KEY (from_id, to_id),
    CHECK (from_id <> to_id)
);

-- Every version of a deadline rule that a clock was ever computed from.
create table referral_rules (
    version TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    text TEXT NOT NULL                   -- JSON of the rule
);

create table referral_documents (
    id TEXT PRIMARY KEY,
    control_id TEXT NOT NULL UNIQUE,     -- a second final document is refused
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'sent')),
    title TEXT NOT NULL,
    object TEXT NOT NULL,
    object_bin TEXT NOT NULL,
    ground TEXT NOT NULL,
    held_from BIGINT NOT NULL,
    held_to BIGINT NOT NULL,
    place TEXT NOT NULL,                 -- JSON, three languages
    tasks TEXT NOT NULL,
    form TEXT NOT NULL,
    subjects TEXT NOT NULL,              -- JSON
    facts TEXT NOT NULL,                 -- JSON
    other_documents TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    drafted_at BIGINT NOT NULL,
    signed_by TEXT,
    signed_by_name TEXT NOT NULL,
    signed_at BIGINT,
    content_hash TEXT NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((state = 'draft') = (signed_at IS NULL)),
    CHECK (state = 'draft' OR (signed_by IS NOT NULL AND length(content_hash) = 64))
);
create index referral_documents_newest on referral_documents (drafted_at, id);

create table referral_dispatches (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES referral_documents (id),
    authority_id TEXT NOT NULL REFERENCES authorities (id),
    authority_version_id TEXT NOT NULL REFERENCES authority_versions (id),
    channel TEXT NOT NULL CHECK (channel IN ('paper', 'email', 'eotinish', 'portal', 'open311')),
    out_number TEXT NOT NULL CHECK (out_number <> ''),
    sent_at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    sent_by TEXT NOT NULL,
    send_rule_version TEXT NOT NULL REFERENCES referral_rules (version),
    send_calendar_version TEXT NOT NULL,
    send_start TEXT NOT NULL,
    send_due TEXT NOT NULL,
    late BIGINT NOT NULL CHECK (late IN (0, 1)),
    received_on TEXT,
    in_number TEXT NOT NULL
);
create index referral_dispatches_of on referral_dispatches (document_id);

create table referral_recommendations (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES referral_documents (id),
    ordinal BIGINT NOT NULL CHECK (ordinal >= 1),
    text TEXT NOT NULL,
    authority_id TEXT REFERENCES authorities (id),
    state TEXT NOT NULL CHECK (state IN ('unsent', 'waiting', 'answered')),
    dispatch_id TEXT REFERENCES referral_dispatches (id),
    rule_version TEXT REFERENCES referral_rules (version),
    calendar_version TEXT,
    clock_start TEXT,
    due_on TEXT,
    answered_on TEXT,
    missed_on TEXT,
    UNIQUE (document_id, ordinal),
    -- Invariant 8: what is sent carries the versions its deadline was computed from.
    CHECK (state = 'unsent' OR (dispatch_id IS NOT NULL AND rule_version IS NOT NULL
           AND calendar_version IS NOT NULL AND clock_start IS NOT NULL AND due_on IS NOT NULL)),
    CHECK ((state = 'answered') = (answered_on IS NOT NULL))
);
create index referral_recommendations_waiting on referral_recommendations (state, due_on);

create table referral_recommendation_findings (
    recommendation_id TEXT NOT NULL REFERENCES referral_recommendations (id),
    finding_id TEXT NOT NULL,
    PRIMARY KEY (recommendation_id, finding_id)
);
create index referral_recommendation_findings_of on referral_recommendation_findings (finding_id);

-- Deadlines that were replaced: old and new stay to be seen.
create table referral_former_deadlines (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES referral_recommendations (id),
    rule_version TEXT NOT NULL,
    calendar_version TEXT NOT NULL,
    clock_start TEXT NOT NULL,
    due_on TEXT NOT NULL,
    replaced_at BIGINT NOT NULL
);
create index referral_former_deadlines_of on referral_former_deadlines (recommendation_id);

create table referral_replies (
    id TEXT PRIMARY KEY,
    recommendation_id TEXT NOT NULL REFERENCES referral_recommendations (id),
    received_on TEXT NOT NULL,
    number TEXT NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('none', 'partial', 'formal', 'promise', 'measure_taken', 'solved',
                                         'refused', 'redirected')),
    text TEXT NOT NULL CHECK (text <> ''),
    promised_for TEXT,
    late BIGINT NOT NULL CHECK (late IN (0, 1)),
    registered_by TEXT NOT NULL,
    registered_at BIGINT NOT NULL,
    CHECK (class <> 'promise' OR promised_for IS NOT NULL)
);
-- One answer per recommendation; letters that do not speak about it are kept beside.
create unique index referral_replies_answer on referral_replies (recommendation_id) where class <> 'none';
create index referral_replies_of on referral_replies (recommendation_id, registered_at);

create table referral_reply_files (
    reply_id TEXT NOT NULL REFERENCES referral_replies (id),
    file_id TEXT NOT NULL,
    PRIMARY KEY (reply_id, file_id)
);

-- What was signed never changes.
--@ sqlite
create trigger referral_documents_signed before update on referral_documents
when old.state <> 'draft' and (new.state = 'draft'
    or new.title <> old.title
    or new.object <> old.object
    or new.object_bin <> old.object_bin
    or new.ground <> old.ground
    or new.held_from <> old.held_from
    or new.held_to <> old.held_to
    or new.place <> old.place
    or new.tasks <> old.tasks
    or new.form <> old.form
    or new.subjects <> old.subjects
    or new.facts <> old.facts
    or new.other_documents <> old.other_documents
    or new.signed_by <> old.signed_by
    or new.signed_at <> old.signed_at
    or new.content_hash <> old.content_hash)
begin
    select raise(abort, 'a signed document does not change');
end;
create trigger referral_documents_stay before delete on referral_documents
begin
    select raise(abort, 'a document is not deleted');
end;
--@ postgres
create function referral_documents_signed() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (new.state = 'draft'
    or new.title <> old.title
    or new.object <> old.object
    or new.object_bin <> old.object_bin
    or new.ground <> old.ground
    or new.held_from <> old.held_from
    or new.held_to <> old.held_to
    or new.place <> old.place
    or new.tasks <> old.tasks
    or new.form <> old.form
    or new.subjects <> old.subjects
    or new.facts <> old.facts
    or new.other_documents <> old.other_documents
    or new.signed_by <> old.signed_by
    or new.signed_at <> old.signed_at
    or new.content_hash <> old.content_hash) then
        raise exception 'a signed document does not change';
    end if;
    return new;
end $$;
create trigger referral_documents_signed before update on referral_documents
    for each row execute function referral_documents_signed();
create function referral_documents_stay() returns trigger language plpgsql as $$
begin
    raise exception 'a document is not deleted';
end $$;
create trigger referral_documents_stay before delete on referral_documents
    for each row execute function referral_documents_stay();
--@ all
