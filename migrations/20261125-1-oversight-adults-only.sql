-- A control whose work on the spot is heavy or dangerous: nobody under 18 is sent to it.

alter table oversight_control add column adults_only BIGINT NOT NULL DEFAULT 0 CHECK (adults_only IN (0, 1));
