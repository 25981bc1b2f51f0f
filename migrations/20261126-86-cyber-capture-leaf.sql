-- The entry of the public log that commits to a screenshot's digest; none: taken before screenshots were sealed.

alter table cyber_capture add column leaf BIGINT;
