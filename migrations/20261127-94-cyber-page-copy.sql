-- Copies of reported pages that the server took itself: the archive (WARC) is a file, its digest is in the public log.

create table cyber_page_copy (
    id TEXT PRIMARY KEY,
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    site TEXT NOT NULL,                  -- whose server is asked; not twice in a row
    wanted_at BIGINT NOT NULL,
    taken_at BIGINT,                     -- none: waits
    failure TEXT NOT NULL,               -- what ended it early; "none"
    hops TEXT NOT NULL,                  -- JSON: each address on the way
    title TEXT NOT NULL,
    text TEXT NOT NULL,                  -- that a person would read
    likeness BIGINT,                     -- of the text; none: too short to be like another
    likeness_0 BIGINT,                   -- 16 bits each: what differs in three bits has one in common
    likeness_1 BIGINT,
    likeness_2 BIGINT,
    likeness_3 BIGINT,
    icon TEXT,                           -- SHA-256, hex
    file_id TEXT REFERENCES files_file (id), -- none: nothing answered
    cdxj TEXT NOT NULL,
    leaf BIGINT                          -- of the public log
);
create index cyber_page_copy_of on cyber_page_copy (resource_id, wanted_at);
create index cyber_page_copy_site on cyber_page_copy (site, taken_at);
create index cyber_page_copy_waiting on cyber_page_copy (wanted_at) where taken_at is null;
create index cyber_page_copy_likeness_0 on cyber_page_copy (likeness_0);
create index cyber_page_copy_likeness_1 on cyber_page_copy (likeness_1);
create index cyber_page_copy_likeness_2 on cyber_page_copy (likeness_2);
create index cyber_page_copy_likeness_3 on cyber_page_copy (likeness_3);
create index cyber_page_copy_icon on cyber_page_copy (icon);

-- Accounts and numbers that a page sends its visitors to.
create table cyber_page_contact (
    copy_id TEXT NOT NULL REFERENCES cyber_page_copy (id),
    identity TEXT NOT NULL,              -- "telegram:casinokz"
    PRIMARY KEY (copy_id, identity)
);
create index cyber_page_contact_by on cyber_page_contact (identity);

-- A review may point to a copy of the page in place of a screenshot.
alter table cyber_review add column copy_id TEXT REFERENCES cyber_page_copy (id);
alter table cyber_gold_answer add column copy_id TEXT;
