-- Search of contracting processes by facets, pages of parties, imports in the background.

-- Everybody who buys or sells. A person has no name here and no page (procurement/party.hpp).
create table procurement_parties (
    id TEXT PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,       -- id of the source; 'name:' and the name where it gives none
    name TEXT NOT NULL,
    is_person BIGINT NOT NULL DEFAULT 0,
    locality TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL,            -- ' word word word'
    bought BIGINT NOT NULL DEFAULT 0,    -- processes as buyer
    sold BIGINT NOT NULL DEFAULT 0,      -- as supplier
    offered BIGINT NOT NULL DEFAULT 0    -- as bidder
);
create index procurement_parties_busiest on procurement_parties (is_person, bought, sold, id);

alter table process_parties add column party TEXT NOT NULL DEFAULT '';

--@ sqlite
insert into procurement_parties (id, identity, name, is_person, search_key)
select '01' || lower(hex(randomblob(12))), identity, case when identity like 'KZ-IIN%' then '' else name end,
       case when identity like 'KZ-IIN%' then 1 else 0 end, case when identity like 'KZ-IIN%' then '' else ' ' || name end
from (select case when party_id <> '' then party_id else 'name:' || name end as identity, min(name) as name
      from process_parties group by 1) as known;
--@ postgres
insert into procurement_parties (id, identity, name, is_person, search_key)
select '01' || substr(md5(random()::text || identity), 1, 24), identity, case when identity like 'KZ-IIN%' then '' else name end,
       case when identity like 'KZ-IIN%' then 1 else 0 end, case when identity like 'KZ-IIN%' then '' else ' ' || name end
from (select case when party_id <> '' then party_id else 'name:' || name end as identity, min(name) as name
      from process_parties group by 1) as known;
--@ all
update process_parties set party = (select p.id from procurement_parties p
    where p.identity = case when process_parties.party_id <> '' then process_parties.party_id else 'name:' || process_parties.name end);
update process_parties set name = '' where party_id like 'KZ-IIN%';
create index process_parties_by_party on process_parties (party, role, process_id);

-- One narrow row per process: what the search looks at. Texts, also years, so that every filter is one comparison.
create table process_facets (
    process_id TEXT PRIMARY KEY REFERENCES processes (id) ON DELETE CASCADE,
    rank BIGINT NOT NULL,
    ocid TEXT NOT NULL,
    failed BIGINT NOT NULL,
    district TEXT NOT NULL,
    works TEXT NOT NULL,                 -- kind of works, '' none
    method TEXT NOT NULL,
    category TEXT NOT NULL,
    band TEXT NOT NULL,
    year TEXT NOT NULL,
    flags TEXT NOT NULL,                 -- failed ones: ' R018 R024 '
    buyer TEXT NOT NULL,                 -- procurement_parties.id
    supplier TEXT NOT NULL,              -- the same; '' for a person
    tenge BIGINT,                        -- hundredths
    accepted_at BIGINT,
    words TEXT NOT NULL                  -- ' word word word'
);
insert into process_facets (process_id, rank, ocid, failed, district, works, method, category, band, year, flags, buyer, supplier, tenge, words)
select p.id, p.rank, p.ocid, p.failed, case when length(p.locality) <= 60 then p.locality else '' end, p.work_kind, p.method, p.category, 'none', '', ' ',
       coalesce((select party from process_parties r where r.process_id = p.id and r.role = 'buyer' and r.party_id = p.buyer_id order by r.position limit 1), ''),
       case when p.supplier_id like 'KZ-IIN%' then '' else
       coalesce((select party from process_parties r where r.process_id = p.id and r.role = 'supplier' and r.party_id = p.supplier_id order by r.position limit 1), '') end,
       case when p.contract_currency = 'KZT' then p.contract_sum end,
       case when p.supplier_id like 'KZ-IIN%' then '' else p.search_key end
from processes p;
create index process_facets_by_rank on process_facets (rank DESC, ocid);
create index process_facets_works on process_facets (works, rank DESC, ocid);
create index process_facets_by_buyer on process_facets (buyer, rank DESC, ocid);
create index process_facets_by_supplier on process_facets (supplier, rank DESC, ocid);
-- Everything that is counted, in one place.
create index process_facets_counted on process_facets (district, works, method, category, band, year, flags, failed);

update processes set supplier_id = 'KZ-IIN', supplier_name = '' where supplier_id like 'KZ-IIN%';
update processes set buyer_id = 'KZ-IIN', buyer_name = '' where buyer_id like 'KZ-IIN%';

create table procurement_jobs (
    id TEXT PRIMARY KEY,
    file TEXT NOT NULL,                  -- as its owner calls it
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'saving', 'screening', 'done', 'refused', 'failed')),
    done BIGINT NOT NULL DEFAULT 0,
    total BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    report TEXT NOT NULL DEFAULT '{}',   -- JSON: counts
    problem TEXT NOT NULL DEFAULT '',    -- JSON: code and params; '' none
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
create index procurement_jobs_latest on procurement_jobs (made_at DESC, id);
create index procurement_jobs_open on procurement_jobs (state, made_at);
create table procurement_job_rows (
    job TEXT NOT NULL REFERENCES procurement_jobs (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    line BIGINT NOT NULL,
    ocid TEXT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (job, position)
);
