-- Who is appointed to which post (SM-03, G-5.3.1, G-5.3.2, RULES §3.9). A post held gives its permissions by itself: the triggers
-- keep operator_post as the appointments say, so that a post that ends on a day ends its permissions that day.

CREATE TABLE appointment (
  id              INTEGER PRIMARY KEY,
  no              TEXT NOT NULL UNIQUE,
  person          INTEGER NOT NULL REFERENCES staff(id),
  post            TEXT NOT NULL CHECK (trim(post) <> ''),
  place           INTEGER NOT NULL,                -- of the post in the register, for the order of lists
  org             TEXT,                            -- association code; NULL: the joint secretariat
  nominated_by    TEXT,                            -- association codes joined by ';'
  nominated_on    TEXT NOT NULL,
  elected_on      TEXT,
  appointed_on    TEXT,
  document_no     TEXT,                            -- of the letter of appointment
  from_on         TEXT,
  to_on           TEXT,                            -- last day of the term; NULL: without an end
  ended_on        TEXT,                            -- the day from which it is held no longer
  reason          TEXT,                            -- why it ended, or came to nothing
  override_reason TEXT,                            -- why there is one too many all the same
  stage           TEXT NOT NULL CHECK (stage IN
                    ('推荐', '推选', '聘任', '在任', '届满', '辞任', '解聘', '未通过')),
  renews          INTEGER REFERENCES appointment(id),
  version         INTEGER NOT NULL,
  created_at      TEXT NOT NULL,
  created_by      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  updated_by      TEXT NOT NULL,
  -- The last day on which it is held.
  last_on         TEXT GENERATED ALWAYS AS (CASE
                    WHEN ended_on IS NULL THEN to_on
                    WHEN to_on IS NULL OR date(ended_on, '-1 day') < to_on THEN date(ended_on, '-1 day')
                    ELSE to_on END) STORED,
  held            INTEGER NOT NULL GENERATED ALWAYS AS (stage IN ('在任', '届满', '辞任', '解聘')) STORED,
  -- On its way, in office, or over.
  phase           INTEGER NOT NULL GENERATED ALWAYS AS
                    (CASE WHEN stage IN ('推荐', '推选', '聘任') THEN 0 WHEN stage = '在任' THEN 1 ELSE 2 END) STORED,
  CHECK (to_on IS NULL OR from_on IS NULL OR to_on >= from_on),
  CHECK (stage NOT IN ('在任', '届满', '辞任', '解聘') OR from_on IS NOT NULL),
  CHECK ((stage IN ('辞任', '解聘')) = (ended_on IS NOT NULL)),
  CHECK (stage <> '届满' OR to_on IS NOT NULL)
) STRICT;
CREATE INDEX appointment_by_place ON appointment(place, id);
CREATE INDEX appointment_by_phase ON appointment(phase, place, id);
CREATE INDEX appointment_held ON appointment(held, place, id);
CREATE INDEX appointment_by_person ON appointment(person, id);

-- How each association voted.
CREATE TABLE appointment_vote (
  appointment INTEGER NOT NULL REFERENCES appointment(id),
  org         TEXT NOT NULL,
  yes         INTEGER NOT NULL CHECK (yes >= 0),
  no          INTEGER NOT NULL CHECK (no >= 0),
  abstain     INTEGER NOT NULL CHECK (abstain >= 0),
  PRIMARY KEY (appointment, org)
) STRICT, WITHOUT ROWID;

-- The resolution by which each council appointed.
CREATE TABLE appointment_resolution (
  appointment INTEGER NOT NULL REFERENCES appointment(id),
  org         TEXT NOT NULL,
  reference   TEXT NOT NULL CHECK (trim(reference) <> ''),
  PRIMARY KEY (appointment, org)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER appointment_kept BEFORE DELETE ON appointment BEGIN
  SELECT raise(ABORT, 'appointment-kept');
END;

-- Posts one person may not hold together, said on both sides as in the table of posts.
CREATE TABLE post_exclusion (
  post  TEXT NOT NULL,
  other TEXT NOT NULL,
  PRIMARY KEY (post, other)
) STRICT, WITHOUT ROWID;
INSERT INTO post_exclusion (post, other) VALUES
  ('cashier', 'secretary'), ('cashier', 'deputy_secretary'), ('cashier', 'accountant'),
  ('secretary', 'cashier'), ('deputy_secretary', 'cashier'), ('accountant', 'cashier');

-- The small-office switch lets one person do what two should, and says so.
CREATE VIEW small_office (on_now) AS
  SELECT EXISTS (SELECT 1 FROM setting WHERE key = 'rule.small_office' AND value = '1');

CREATE TRIGGER appointment_excluded_new AFTER INSERT ON appointment
WHEN NEW.stage = '在任' AND (SELECT on_now FROM small_office) = 0 BEGIN
  SELECT raise(ABORT, 'post-exclusion') WHERE EXISTS (
    SELECT 1 FROM appointment AS a JOIN post_exclusion AS x ON x.post = NEW.post AND x.other = a.post
    WHERE a.person = NEW.person AND a.id <> NEW.id AND a.held = 1
      AND (a.last_on IS NULL OR a.last_on >= NEW.from_on) AND (NEW.last_on IS NULL OR a.from_on <= NEW.last_on));
END;
CREATE TRIGGER appointment_excluded_changed AFTER UPDATE ON appointment
WHEN NEW.stage = '在任' AND (SELECT on_now FROM small_office) = 0 BEGIN
  SELECT raise(ABORT, 'post-exclusion') WHERE EXISTS (
    SELECT 1 FROM appointment AS a JOIN post_exclusion AS x ON x.post = NEW.post AND x.other = a.post
    WHERE a.person = NEW.person AND a.id <> NEW.id AND a.held = 1
      AND (a.last_on IS NULL OR a.last_on >= NEW.from_on) AND (NEW.last_on IS NULL OR a.from_on <= NEW.last_on));
END;

-- What follows for whoever signs in.
ALTER TABLE operator_post ADD COLUMN appointment INTEGER REFERENCES appointment(id);
CREATE INDEX operator_post_by_appointment ON operator_post(appointment) WHERE appointment IS NOT NULL;

CREATE TRIGGER operator_post_excluded AFTER INSERT ON operator_post
WHEN (SELECT on_now FROM small_office) = 0 BEGIN
  SELECT raise(ABORT, 'post-exclusion') WHERE EXISTS (
    SELECT 1 FROM operator_post AS p JOIN post_exclusion AS x ON x.post = NEW.post AND x.other = p.post
    WHERE p.operator_id = NEW.operator_id AND p.id <> NEW.id
      AND (p.to_on IS NULL OR p.to_on >= NEW.from_on) AND (NEW.to_on IS NULL OR p.from_on <= NEW.to_on));
END;

CREATE VIEW appointment_post (operator_id, post, org, from_on, to_on, appointment, at, by) AS
  SELECT o.id, a.post, a.org, a.from_on, a.last_on, a.id, a.updated_at, a.updated_by
  FROM appointment AS a JOIN staff AS s ON s.id = a.person JOIN operator AS o ON o.person = s.code
  WHERE a.held = 1 AND (a.last_on IS NULL OR a.last_on >= a.from_on);

CREATE TRIGGER appointment_gives_new AFTER INSERT ON appointment WHEN NEW.held = 1 BEGIN
  INSERT INTO operator_post
    (operator_id, post, org, from_on, to_on, appointment, version, created_at, created_by, updated_at, updated_by)
  SELECT operator_id, post, org, from_on, to_on, appointment, 1, at, by, at, by
  FROM appointment_post WHERE appointment = NEW.id;
END;
CREATE TRIGGER appointment_gives_changed AFTER UPDATE ON appointment WHEN NEW.held = 1 OR OLD.held = 1 BEGIN
  DELETE FROM operator_post WHERE appointment = NEW.id;
  INSERT INTO operator_post
    (operator_id, post, org, from_on, to_on, appointment, version, created_at, created_by, updated_at, updated_by)
  SELECT operator_id, post, org, from_on, to_on, appointment, 1, at, by, at, by
  FROM appointment_post WHERE appointment = NEW.id;
END;
CREATE TRIGGER operator_is_given AFTER INSERT ON operator WHEN NEW.person IS NOT NULL BEGIN
  INSERT INTO operator_post
    (operator_id, post, org, from_on, to_on, appointment, version, created_at, created_by, updated_at, updated_by)
  SELECT operator_id, post, org, from_on, to_on, appointment, 1, at, by, at, by
  FROM appointment_post WHERE operator_id = NEW.id;
END;
CREATE TRIGGER operator_becomes AFTER UPDATE OF person ON operator WHEN NEW.person IS NOT OLD.person BEGIN
  DELETE FROM operator_post WHERE operator_id = NEW.id AND appointment IS NOT NULL;
  INSERT INTO operator_post
    (operator_id, post, org, from_on, to_on, appointment, version, created_at, created_by, updated_at, updated_by)
  SELECT operator_id, post, org, from_on, to_on, appointment, 1, at, by, at, by
  FROM appointment_post WHERE operator_id = NEW.id;
END;
