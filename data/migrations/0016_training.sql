-- Training (G-6.3.3, N-3.3, Z-3.6, M-3.1): what associations need, the plan of a year, sessions, who was there.

CREATE TABLE training_session (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL CHECK (trim(title) <> ''),
  kind       TEXT NOT NULL CHECK (kind IN ('业务培训', '专题学习', '工作交流', '经验分享', '交叉学习')),
  mode       TEXT NOT NULL DEFAULT '线下' CHECK (mode IN ('线下', '线上', '混合')),
  audience   TEXT,                                 -- for whom, joined by ';'
  host       TEXT NOT NULL,                        -- association code
  visitors   TEXT,                                 -- association codes joined by ';'
  held_on    TEXT NOT NULL CHECK (held_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  starts     TEXT CHECK (starts GLOB '[0-2][0-9]:[0-5][0-9]'),
  ends       TEXT CHECK (ends GLOB '[0-2][0-9]:[0-5][0-9]'),
  minutes    INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 10080),
  trainer    TEXT,
  booking    INTEGER REFERENCES booking(id),
  people     INTEGER CHECK (people > 0),
  materials  TEXT,                                 -- formats, joined by ';'
  note       TEXT,
  reason     TEXT,                                 -- why it was cancelled
  status     TEXT NOT NULL CHECK (status IN ('计划', '已排期', '已举办', '已取消')),
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  ahead      INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('计划', '已排期')) STORED,
  CHECK ((starts IS NULL) = (ends IS NULL)),
  CHECK (ends > starts),
  -- Learning from each other has a host and somebody else as guest.
  CHECK (visitors IS NULL OR instr(';' || visitors || ';', ';' || host || ';') = 0)
) STRICT;
CREATE INDEX training_by_day ON training_session(held_on, id);
CREATE INDEX training_by_status ON training_session(status, held_on, id);
CREATE INDEX training_coming ON training_session(ahead, held_on, id);
CREATE INDEX training_by_booking ON training_session(booking) WHERE booking IS NOT NULL;

-- Somebody at a session.
CREATE TABLE attendance (
  id             INTEGER PRIMARY KEY,
  no             TEXT NOT NULL UNIQUE,             -- the session's and the person's: PX-2026-01-P03
  session        INTEGER NOT NULL REFERENCES training_session(id),
  person         INTEGER NOT NULL REFERENCES staff(id),
  status         TEXT NOT NULL CHECK (status IN ('已报名', '已到', '缺席', '请假')),
  minutes        INTEGER CHECK (minutes BETWEEN 1 AND 10080),
  assessment     TEXT CHECK (assessment IN ('优秀', '合格', '不合格')),
  certificate_no TEXT UNIQUE,
  certified_on   TEXT,
  note           TEXT,
  version        INTEGER NOT NULL,
  created_at     TEXT NOT NULL,
  created_by     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  updated_by     TEXT NOT NULL,
  UNIQUE (session, person),
  CHECK ((status = '已到') = (minutes IS NOT NULL)),
  CHECK (certificate_no IS NULL OR (status = '已到' AND coalesce(assessment, '') <> '不合格')),
  CHECK ((certificate_no IS NULL) = (certified_on IS NULL)),
  CHECK (assessment IS NULL OR status = '已到')
) STRICT;
CREATE INDEX attendance_by_person ON attendance(person, session) WHERE status = '已到';
CREATE INDEX attendance_open ON attendance(session, id) WHERE status = '已报名';
CREATE INDEX attendance_came ON attendance(session, id) WHERE status = '已到';
CREATE INDEX attendance_by_session ON attendance(session, id);
CREATE INDEX attendance_certified ON attendance(session, id) WHERE certified_on IS NOT NULL;
CREATE INDEX attendance_by_certificate ON attendance(certified_on, certificate_no) WHERE certified_on IS NOT NULL;

CREATE TRIGGER attendance_kept BEFORE DELETE ON attendance BEGIN
  SELECT raise(ABORT, 'attendance-kept');
END;
CREATE TRIGGER training_kept BEFORE DELETE ON training_session BEGIN
  SELECT raise(ABORT, 'training-kept');
END;
-- Nobody was at what did not take place.
CREATE TRIGGER attendance_of_cancelled BEFORE UPDATE OF status ON attendance WHEN NEW.status = '已到' BEGIN
  SELECT raise(ABORT, 'training-cancelled')
  WHERE EXISTS (SELECT 1 FROM training_session WHERE id = NEW.session AND status = '已取消');
END;
CREATE TRIGGER attendance_new_of_cancelled BEFORE INSERT ON attendance BEGIN
  SELECT raise(ABORT, 'training-cancelled')
  WHERE EXISTS (SELECT 1 FROM training_session WHERE id = NEW.session AND status = '已取消');
END;
CREATE TRIGGER training_cancelled_after BEFORE UPDATE OF status ON training_session WHEN NEW.status = '已取消' BEGIN
  SELECT raise(ABORT, 'training-attended')
  WHERE EXISTS (SELECT 1 FROM attendance WHERE session = NEW.id AND status = '已到');
END;

-- What an association needs its people to learn.
CREATE TABLE training_need (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  org        TEXT NOT NULL,
  topic      TEXT NOT NULL CHECK (trim(topic) <> ''),
  audience   TEXT,
  people     INTEGER CHECK (people > 0),
  urgency    TEXT NOT NULL CHECK (urgency IN ('普通', '加急', '特急')),
  source     TEXT NOT NULL CHECK (source IN ('协会提出', '需求调查', '检查整改', '上级要求', '考核', '其他')),
  wanted_by  TEXT,
  asked_on   TEXT NOT NULL,
  session    INTEGER REFERENCES training_session(id),
  reason     TEXT,                                 -- why it was withdrawn
  note       TEXT,
  status     TEXT NOT NULL CHECK (status IN ('待安排', '已安排', '已撤回')),
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  -- The most urgent first, then the earliest.
  pressing   INTEGER NOT NULL GENERATED ALWAYS AS
    (CASE urgency WHEN '特急' THEN 0 WHEN '加急' THEN 1 ELSE 2 END) STORED,
  CHECK ((status = '已安排') = (session IS NOT NULL))
) STRICT;
CREATE INDEX training_need_open ON training_need(pressing, asked_on, id) WHERE status = '待安排';
CREATE INDEX training_need_by_session ON training_need(session) WHERE session IS NOT NULL;

-- The plan of a year: its sessions are those held in it.
CREATE TABLE training_plan (
  id          INTEGER PRIMARY KEY,
  no          TEXT NOT NULL UNIQUE,
  year        INTEGER NOT NULL UNIQUE CHECK (year BETWEEN 2000 AND 2200),
  aims        TEXT,
  decided_on  TEXT,
  document_no TEXT,
  status      TEXT NOT NULL CHECK (status IN ('草案', '已定')),
  version     INTEGER NOT NULL,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL,
  CHECK ((status = '已定') = (decided_on IS NOT NULL))
) STRICT;
