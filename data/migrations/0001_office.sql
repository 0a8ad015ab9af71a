-- The office itself: who it is, who may sign in, what was done, what is still being typed.
-- Conventions every later migration keeps: STRICT tables; a CHECK for every closed set; a record that people
-- change carries version, created_at/by and updated_at/by; moments are ISO text of local time
-- (2026-03-04T09:30:00), dates ISO text, money INTEGER fen. Once landed, this file is never edited.

CREATE TABLE office (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  name            TEXT NOT NULL CHECK (trim(name) <> ''),
  created_at      TEXT NOT NULL,
  demo            INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
  demo_epoch      TEXT,                    -- the sample's moment the office's clock starts from
  demo_started_at TEXT,                    -- the real moment it was started
  CHECK ((demo = 1) = (demo_epoch IS NOT NULL)),
  CHECK ((demo = 1) = (demo_started_at IS NOT NULL))
) STRICT;

CREATE TABLE setting (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,
  value      TEXT NOT NULL,
  version    INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE operator (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL UNIQUE CHECK (trim(name) <> ''),
  pin_hash     TEXT,                       -- NULL: no PIN has been set yet
  person       TEXT,                       -- code of the staff record, when there is one
  face         TEXT CHECK (face IN ('screen', 'lines')),
  lang         TEXT CHECK (lang IN ('zh-CN', 'en')),
  keymap       TEXT,
  theme        TEXT,
  failed_count INTEGER NOT NULL DEFAULT 0 CHECK (failed_count >= 0),
  locked_until TEXT,
  active       INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version      INTEGER NOT NULL DEFAULT 1,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL
) STRICT;

CREATE TABLE operator_post (
  id          INTEGER PRIMARY KEY,
  operator_id INTEGER NOT NULL REFERENCES operator(id),
  post        TEXT NOT NULL,
  org         TEXT,                        -- association code for a post held inside one association
  from_on     TEXT NOT NULL,
  to_on       TEXT,                        -- last day held; NULL: still held
  version     INTEGER NOT NULL DEFAULT 1,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL,
  CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;
CREATE INDEX operator_post_by_operator ON operator_post(operator_id);

-- The audit chain: append only, numbered without gaps, each row hashed over the row before it.
CREATE TABLE audit (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  at        TEXT NOT NULL,
  operator  TEXT NOT NULL,
  terminal  TEXT NOT NULL,
  subject   TEXT NOT NULL,
  record_id INTEGER,
  ref       TEXT,
  action    TEXT NOT NULL,
  reason    TEXT,
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_by_ref ON audit(ref, seq) WHERE ref IS NOT NULL;
CREATE INDEX audit_by_record ON audit(subject, record_id, seq);

CREATE TABLE audit_change (
  audit_seq INTEGER NOT NULL REFERENCES audit(seq),
  position  INTEGER NOT NULL,
  field     TEXT NOT NULL,
  old       TEXT,
  new       TEXT,
  PRIMARY KEY (audit_seq, position)
) STRICT, WITHOUT ROWID;

-- Also stops INSERT OR REPLACE, which would delete the old row without asking the DELETE trigger.
CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;

CREATE TRIGGER audit_change_in_order BEFORE INSERT ON audit_change
WHEN NEW.audit_seq IS NOT (SELECT max(seq) FROM audit)
  OR NEW.position IS NOT
     (SELECT coalesce(max(position), 0) + 1 FROM audit_change WHERE audit_seq = NEW.audit_seq)
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
CREATE TRIGGER audit_change_no_update BEFORE UPDATE ON audit_change
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;
CREATE TRIGGER audit_change_no_delete BEFORE DELETE ON audit_change
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;

-- Who looked at a protected field in full, and why.
CREATE TABLE access_log (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  at        TEXT NOT NULL,
  operator  TEXT NOT NULL,
  terminal  TEXT NOT NULL,
  subject   TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  field     TEXT NOT NULL,
  purpose   TEXT NOT NULL CHECK (trim(purpose) <> '')
) STRICT;
CREATE INDEX access_log_by_record ON access_log(subject, record_id, seq);
CREATE TRIGGER access_log_in_order BEFORE INSERT ON access_log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM access_log)
BEGIN SELECT RAISE(ABORT, 'access_log: append only'); END;
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'access_log: append only'); END;
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log
BEGIN SELECT RAISE(ABORT, 'access_log: append only'); END;

-- One row for each running (or vanished) desk.
CREATE TABLE session (
  id          INTEGER PRIMARY KEY,
  operator_id INTEGER NOT NULL REFERENCES operator(id),
  terminal    TEXT NOT NULL,
  pid         INTEGER NOT NULL,
  process     TEXT NOT NULL,               -- tells this process from a later one with the same pid
  started_at  TEXT NOT NULL,
  seen_at     TEXT NOT NULL,
  on_ref      TEXT                         -- the record open on that desk now
) STRICT;

-- What is being typed. Kept key by key, so it has no version and no audit.
CREATE TABLE draft (
  id          INTEGER PRIMARY KEY,
  operator_id INTEGER NOT NULL REFERENCES operator(id),
  session_id  INTEGER REFERENCES session(id) ON DELETE SET NULL,
  subject     TEXT NOT NULL,
  action      TEXT NOT NULL,
  target      TEXT,                        -- ref of the record the form changes; NULL: a new one
  focus       TEXT,
  caret       INTEGER NOT NULL DEFAULT 0 CHECK (caret >= 0),
  updated_at  TEXT NOT NULL
) STRICT;
CREATE INDEX draft_by_operator ON draft(operator_id);
CREATE INDEX draft_by_session ON draft(session_id);

CREATE TABLE draft_field (
  draft_id INTEGER NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
  field    TEXT NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (draft_id, field)
) STRICT, WITHOUT ROWID;

-- Numbers without gaps: SL-2026-0001 is (name SL, year 2026, last 1).
CREATE TABLE sequence (
  name TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL CHECK (last >= 1),
  PRIMARY KEY (name, year)
) STRICT, WITHOUT ROWID;

-- Search. A key is a class letter and a text; the subject comes first so that a look-up inside one subject
-- is one index range. search_doc keeps what a record was indexed under: to check the other words of a
-- query against, and to take the old keys away.
CREATE TABLE search_subject (
  no   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE search_key (
  subject INTEGER NOT NULL,
  key     TEXT NOT NULL,
  id      INTEGER NOT NULL,
  PRIMARY KEY (subject, key, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_doc (
  subject INTEGER NOT NULL,
  id      INTEGER NOT NULL,
  keys    TEXT NOT NULL,
  PRIMARY KEY (subject, id)
) STRICT, WITHOUT ROWID;
