-- Gold items: resources with a known answer, given blindly to reviewers. What they answer stands apart: it moves no resource.

create table cyber_gold (
    resource_id TEXT PRIMARY KEY REFERENCES cyber_resource (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'reject')),
    category TEXT NOT NULL,
    marked_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    retired_at BIGINT                    -- given to nobody any more, counted no more
);

create table cyber_gold_task (
    id TEXT PRIMARY KEY,                 -- what the reviewer sees in place of the resource
    resource_id TEXT NOT NULL REFERENCES cyber_gold (resource_id),
    person_id TEXT NOT NULL,
    beside_id TEXT NOT NULL REFERENCES cyber_resource (id), -- the waiting resource it came with
    state TEXT NOT NULL,                 -- as shown
    reported_at BIGINT NOT NULL,         -- as shown
    until_at BIGINT NOT NULL,            -- of the claim
    UNIQUE (person_id, resource_id),
    UNIQUE (person_id, beside_id)
);

create table cyber_gold_answer (
    task_id TEXT PRIMARY KEY REFERENCES cyber_gold_task (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'reject')),
    category TEXT NOT NULL,
    scope TEXT NOT NULL,
    answers TEXT NOT NULL,               -- JSON
    text TEXT NOT NULL CHECK (text <> ''),
    capture_id TEXT,
    no_capture TEXT NOT NULL,
    categories_version TEXT NOT NULL,
    at BIGINT NOT NULL
);
create index cyber_gold_answer_at on cyber_gold_answer (at);

create table cyber_gold_capture (
    id TEXT PRIMARY KEY,
    task_id TEXT NOT NULL REFERENCES cyber_gold_task (id),
    file_id TEXT NOT NULL REFERENCES files_file (id),
    at BIGINT NOT NULL
);
create index cyber_gold_capture_of on cyber_gold_capture (task_id);
