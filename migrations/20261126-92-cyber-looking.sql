-- When somebody looked at a resource, for the limits that protect them; kept for two days.

create table cyber_looking (
    person_id TEXT NOT NULL,
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
create index cyber_looking_of on cyber_looking (person_id, until_at);
create index cyber_looking_until on cyber_looking (until_at);
