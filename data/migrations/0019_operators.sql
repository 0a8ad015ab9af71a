-- A PIN that somebody else has set is changed at the first sign-in.
ALTER TABLE operator ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1));
