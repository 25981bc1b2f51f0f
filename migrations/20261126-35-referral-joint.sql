-- Controls held together with a law-enforcement body at its invitation: one shared protocol, and what each side keeps
-- to itself. Entries are never changed.

create table referral_joint_controls (
    control_id TEXT PRIMARY KEY,
    authority_id TEXT NOT NULL REFERENCES authorities (id),
    authority_version_id TEXT NOT NULL REFERENCES authority_versions (id),
    number TEXT NOT NULL CHECK (number <> ''),      -- of the invitation
    invited_on TEXT NOT NULL,
    text TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);

create table referral_joint_entries (
    id TEXT PRIMARY KEY,
    control_id TEXT NOT NULL REFERENCES referral_joint_controls (control_id),
    compartment TEXT NOT NULL CHECK (compartment IN ('shared', 'ours', 'theirs')),
    text TEXT NOT NULL CHECK (text <> ''),
    written_by TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    -- shared: in force when both sides agreed
    agreed_by TEXT,
    agreed_at BIGINT,
    their_post TEXT NOT NULL,                       -- who agreed for them: post, never a name
    leaf BIGINT,
    CHECK ((agreed_by IS NULL) = (agreed_at IS NULL)),
    CHECK (compartment = 'shared' OR agreed_by IS NULL),
    CHECK (agreed_by IS NULL OR (agreed_by <> written_by AND their_post <> '' AND leaf IS NOT NULL))
);
create index referral_joint_entries_of on referral_joint_entries (control_id, written_at);

--@ sqlite
create trigger referral_joint_entries_stay before update on referral_joint_entries
when new.text <> old.text or new.compartment <> old.compartment or new.written_by <> old.written_by or old.agreed_by is not null
begin
    select raise(abort, 'an entry of a joint control does not change');
end;
--@ postgres
create function referral_joint_entries_stay() returns trigger language plpgsql as $$
begin
    if new.text <> old.text or new.compartment <> old.compartment or new.written_by <> old.written_by or old.agreed_by is not null then
        raise exception 'an entry of a joint control does not change';
    end if;
    return new;
end $$;
create trigger referral_joint_entries_stay before update on referral_joint_entries
    for each row execute function referral_joint_entries_stay();
--@ all
