-- Resources whose answer is known, given to reviewers unseen, and what they answered. No answer moves a resource.

create table cyber_gold (
    resource_id TEXT PRIMARY KEY REFERENCES cyber_resource (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'reject')),
    category TEXT NOT NULL,
    marked_by TEXT NOT NULL,
    at BIGINT NOT NULL
);

create table cyber_gold_answer (
    resource_id TEXT NOT NULL REFERENCES cyber_resource (id),
    person_id TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'reject')),
    category TEXT NOT NULL,
    is_right BIGINT NOT NULL CHECK (is_right IN (0, 1)),
    at BIGINT NOT NULL,
    PRIMARY KEY (resource_id, person_id)
);
create index cyber_gold_answer_of on cyber_gold_answer (person_id);
