-- Who opened an original, and for what. A hash chain: h(n) = SHA-256("adal/audit/v1" || h(n-1) || entry), so
-- that no row can be changed or taken out unnoticed once its head is in the public log (entry audit.head).

create table files_access (
    seq BIGINT PRIMARY KEY CHECK (seq > 0),     -- gap-free
    at BIGINT NOT NULL,
    file TEXT NOT NULL REFERENCES files_file (id),
    person TEXT,                                -- NULL: the operator at the command line
    purpose TEXT NOT NULL CHECK (purpose IN ('opened', 'dossier')),
    reference TEXT NOT NULL,                    -- the document it was opened for
    reason TEXT NOT NULL,                       -- the person's words; not public
    head BYTEA NOT NULL CHECK (length(head) = 32)
);
create index files_access_by_file on files_access (file, seq);
-- Heads that the public log has.
create table files_access_anchor (
    seq BIGINT PRIMARY KEY REFERENCES files_access (seq),
    leaf BIGINT NOT NULL,
    at BIGINT NOT NULL
);
-- Keys that the public log has announced (entry policy.set), so that a signature made with one can be traced to
-- the log's own key.
create table referral_announced_keys (
    vkey TEXT PRIMARY KEY,
    leaf BIGINT NOT NULL
);

--@ sqlite
create trigger files_access_stays before update on files_access
begin
    select raise(abort, 'the access log only grows');
end;
create trigger files_access_kept before delete on files_access
begin
    select raise(abort, 'the access log only grows');
end;
--@ postgres
create function files_access_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the access log only grows';
end $$;
create trigger files_access_stays before update or delete on files_access
    for each row execute function files_access_stays();
--@ all
