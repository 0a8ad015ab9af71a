-- The group of advisors (G-5.3.3): who advises in which field, and what was asked of them.

CREATE TABLE advisor (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  person     INTEGER NOT NULL REFERENCES staff(id),
  field      TEXT NOT NULL CHECK (field IN ('法律', '财务', '项目管理', '助残服务', '标准化建设')),
  unit       TEXT,                                 -- where they work
  letter_no  TEXT,                                 -- of the letter of appointment
  from_on    TEXT NOT NULL,
  to_on      TEXT,                                 -- last day; NULL: without an end
  ended_on   TEXT,                                 -- the day from which they advise no longer
  reason     TEXT,
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  CHECK (to_on IS NULL OR to_on >= from_on),
  CHECK (ended_on IS NULL OR ended_on >= from_on)
) STRICT;
CREATE INDEX advisor_by_field ON advisor(field, id);
CREATE INDEX advisor_by_end ON advisor(to_on, id) WHERE ended_on IS NULL;

CREATE TABLE consultation (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  advisor    INTEGER NOT NULL REFERENCES advisor(id),
  question   TEXT NOT NULL CHECK (trim(question) <> ''),
  org        TEXT NOT NULL,                        -- who asks: association code
  asked_by   TEXT NOT NULL,
  asked_on   TEXT NOT NULL,
  due        TEXT,
  linked     TEXT,                                 -- reference of what it is about
  advice     TEXT,
  advised_on TEXT,
  adopted    TEXT CHECK (adopted IN ('采纳', '部分采纳', '未采纳')),
  result     TEXT,                                 -- what came of it, or why not
  status     TEXT NOT NULL CHECK (status IN ('待答复', '已答复', '已处理', '已撤回')),
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  CHECK ((advice IS NULL) = (advised_on IS NULL)),
  CHECK (status NOT IN ('已答复', '已处理') OR advice IS NOT NULL),
  CHECK ((status = '已处理') = (adopted IS NOT NULL))
) STRICT;
CREATE INDEX consultation_by_status ON consultation(status, asked_on, id);
CREATE INDEX consultation_by_advisor ON consultation(advisor, asked_on, id);
CREATE INDEX consultation_by_org ON consultation(org, id);
