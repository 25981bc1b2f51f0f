-- What a place was called before: a sealed finding commits to the name of that day.

create table oversight_place_former (
    place_id TEXT NOT NULL REFERENCES oversight_place (id),
    version BIGINT NOT NULL,     -- the last version that had this name
    kind TEXT NOT NULL,
    name_kk TEXT NOT NULL,
    PRIMARY KEY (place_id, version)
);
