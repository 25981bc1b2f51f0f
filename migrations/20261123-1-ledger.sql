-- The public log. Leaves are for ever: nothing here may be changed or removed, and no index may be skipped;
-- only openings (the encrypted salts of commitments) may go, by a lawful erasure that leaves a leaf.

create table ledger_leaf (
    idx BIGINT PRIMARY KEY,
    eid TEXT NOT NULL UNIQUE,
    t BIGINT NOT NULL,
    case_id TEXT,
    seq BIGINT,
    bytes BYTEA NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    CHECK (idx >= 0),
    CHECK ((case_id is null) = (seq is null)),
    UNIQUE (case_id, seq)
);

-- Hashes of full subtrees of 256^level leaves, written with the checkpoint that first covers them: a proof
-- reads a few hundred rows whatever the size of the log.
create table ledger_subtree (
    level BIGINT NOT NULL CHECK (level >= 1),
    idx BIGINT NOT NULL CHECK (idx >= 0),
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, idx)
);

-- One root per size, signed once.
create table ledger_checkpoint (
    size BIGINT PRIMARY KEY,
    root BYTEA NOT NULL CHECK (length(root) = 32),
    note TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- One key per case (or per event outside a case), wrapped by the master key. Replaced when something of the
-- case is erased, so that older copies of the openings can no longer be read.
create table ledger_data_key (
    subject TEXT PRIMARY KEY,
    wrapped BYTEA NOT NULL
);

create table ledger_opening (
    eid TEXT NOT NULL REFERENCES ledger_leaf (eid),
    label TEXT NOT NULL,
    subject TEXT NOT NULL REFERENCES ledger_data_key (subject),
    salt BYTEA NOT NULL,                 -- encrypted
    PRIMARY KEY (eid, label)
);
create index ledger_opening_subject on ledger_opening (subject);

--@ sqlite
create trigger ledger_leaf_next before insert on ledger_leaf
when new.idx <> (select coalesce(max(idx) + 1, 0) from ledger_leaf)
begin select raise(abort, 'a leaf must have the next index'); end;
create trigger ledger_leaf_kept before update on ledger_leaf
begin select raise(abort, 'a leaf is never changed'); end;
create trigger ledger_leaf_stays before delete on ledger_leaf
begin select raise(abort, 'a leaf is never removed'); end;
create trigger ledger_checkpoint_grows before insert on ledger_checkpoint
when new.size <= (select coalesce(max(size), 0) from ledger_checkpoint)
  or new.size > (select coalesce(max(idx) + 1, 0) from ledger_leaf)
begin select raise(abort, 'a checkpoint must be larger than the last and covered by leaves'); end;
create trigger ledger_checkpoint_kept before update on ledger_checkpoint
begin select raise(abort, 'a checkpoint is never changed'); end;
create trigger ledger_checkpoint_stays before delete on ledger_checkpoint
begin select raise(abort, 'a checkpoint is never removed'); end;
create trigger ledger_subtree_kept before update on ledger_subtree
begin select raise(abort, 'a subtree is never changed'); end;
create trigger ledger_subtree_stays before delete on ledger_subtree
begin select raise(abort, 'a subtree is never removed'); end;
--@ postgres
create function ledger_refuse() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'check_violation';
end $$;
create function ledger_next_leaf() returns trigger language plpgsql as $$
begin
    if new.idx <> (select coalesce(max(idx) + 1, 0) from ledger_leaf) then
        raise exception 'a leaf must have the next index' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create function ledger_next_checkpoint() returns trigger language plpgsql as $$
begin
    if new.size <= (select coalesce(max(size), 0) from ledger_checkpoint)
       or new.size > (select coalesce(max(idx) + 1, 0) from ledger_leaf) then
        raise exception 'a checkpoint must be larger than the last and covered by leaves'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger ledger_leaf_next before insert on ledger_leaf
    for each row execute function ledger_next_leaf();
create trigger ledger_leaf_kept before update or delete on ledger_leaf
    for each row execute function ledger_refuse();
create trigger ledger_leaf_stays before truncate on ledger_leaf
    for each statement execute function ledger_refuse();
create trigger ledger_checkpoint_grows before insert on ledger_checkpoint
    for each row execute function ledger_next_checkpoint();
create trigger ledger_checkpoint_kept before update or delete on ledger_checkpoint
    for each row execute function ledger_refuse();
create trigger ledger_checkpoint_stays before truncate on ledger_checkpoint
    for each statement execute function ledger_refuse();
create trigger ledger_subtree_kept before update or delete on ledger_subtree
    for each row execute function ledger_refuse();
--@ all
