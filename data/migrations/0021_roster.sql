-- Who is where among those who work here (G-6.3.2, G-6.1.3, SM-08p): when somebody is away, what the associations ask for, and
-- who does it when. That nobody is in two places at once is guarded here as well: of two processes at the same instant
-- exactly one gets the person. Minutes are of local time since 1970-01-01, ends not counted.

CREATE INDEX staff_by_name ON staff(name, id);

-- Away, or there at another time than usual.
CREATE TABLE staff_absence (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  staff      INTEGER NOT NULL REFERENCES staff(id),
  kind       TEXT NOT NULL CHECK (kind IN ('年假', '事假', '病假', '公出', '外出培训', '其他', '可到')),
  starts_at  TEXT NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  ends_at    TEXT NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  reason     TEXT,
  status     TEXT NOT NULL DEFAULT '有效' CHECK (status IN ('有效', '已取消')),
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  start_min  INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(starts_at) / 60) STORED,
  end_min    INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(ends_at) / 60) STORED,
  CHECK (end_min > start_min AND end_min - start_min <= 527040)
) STRICT;
CREATE INDEX absence_of ON staff_absence(staff, end_min, start_min) WHERE status = '有效';
CREATE INDEX absence_by_end ON staff_absence(end_min, start_min, staff, kind) WHERE status = '有效';
CREATE INDEX absence_by_start ON staff_absence(starts_at, id);
CREATE INDEX absence_by_status ON staff_absence(status, starts_at, id);

-- What an association asks people for.
CREATE TABLE staff_request (
  id             INTEGER PRIMARY KEY,
  no             TEXT NOT NULL UNIQUE,
  org            TEXT NOT NULL,                    -- association code
  task           TEXT NOT NULL CHECK (trim(task) <> ''),
  skills         TEXT,                             -- wanted, joined by ';'
  number         INTEGER NOT NULL CHECK (number BETWEEN 1 AND 99),
  starts_at      TEXT NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  ends_at        TEXT NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  zone           INTEGER REFERENCES zone(id),
  place          TEXT,                             -- where it is no zone of ours
  status         TEXT NOT NULL CHECK (status IN ('待审核', '部分满足', '已调配', '执行中', '完成', '拒绝', '撤回')),
  filled         INTEGER NOT NULL DEFAULT 0,       -- people assigned; kept by the triggers below
  applicant      TEXT,
  decider        TEXT,
  refused_reason TEXT,
  result         TEXT,
  rating         INTEGER CHECK (rating BETWEEN 1 AND 5),
  version        INTEGER NOT NULL,
  created_at     TEXT NOT NULL,
  created_by     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  updated_by     TEXT NOT NULL,
  start_min      INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(starts_at) / 60) STORED,
  end_min        INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(ends_at) / 60) STORED,
  wants          INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('待审核', '部分满足')) STORED, -- somebody is still to be found
  CHECK (end_min > start_min AND end_min - start_min <= 1440)
) STRICT;
CREATE INDEX staff_request_wanting ON staff_request(starts_at, id) WHERE wants = 1;
CREATE INDEX staff_request_by_status ON staff_request(status, starts_at, id);
CREATE INDEX staff_request_by_start ON staff_request(starts_at, id);
CREATE INDEX staff_request_by_org ON staff_request(org, starts_at, id);
CREATE INDEX staff_request_by_applicant ON staff_request(applicant, starts_at, id);

-- Somebody does something from when to when.
CREATE TABLE shift (
  id              INTEGER PRIMARY KEY,
  no              TEXT NOT NULL UNIQUE,
  staff           INTEGER NOT NULL REFERENCES staff(id),
  org             TEXT NOT NULL,                   -- for which association
  task            TEXT NOT NULL CHECK (trim(task) <> ''),
  kind            TEXT NOT NULL CHECK (kind IN ('服务', '值班', '活动', '会议', '培训', '办公')),
  request         INTEGER REFERENCES staff_request(id),
  zone            INTEGER REFERENCES zone(id),
  starts_at       TEXT NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  ends_at         TEXT NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  status          TEXT NOT NULL CHECK (status IN ('已排', '已完成', '未到', '已取消')),
  minutes         INTEGER CHECK (minutes BETWEEN 0 AND 1440), -- really worked; NULL until it is over
  rating          INTEGER CHECK (rating BETWEEN 1 AND 5),
  result          TEXT,
  warnings        TEXT,                            -- what was warned of, joined by ';'
  override_reason TEXT,                            -- why all the same
  ended_reason    TEXT,                            -- why it was cancelled or not come to
  swap_to         INTEGER REFERENCES staff(id),    -- who is to take it, until somebody says yes or no
  swap_with       INTEGER REFERENCES shift(id),    -- what is taken in exchange
  swap_reason     TEXT,
  version         INTEGER NOT NULL,
  created_at      TEXT NOT NULL,
  created_by      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  updated_by      TEXT NOT NULL,
  start_min       INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(starts_at) / 60) STORED,
  end_min         INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(ends_at) / 60) STORED,
  holds           INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('已排', '已完成')) STORED,
  CHECK (end_min > start_min AND end_min - start_min <= 1440),
  CHECK (warnings IS NULL OR override_reason IS NOT NULL),
  CHECK (swap_to IS NULL OR swap_to <> staff)
) STRICT;
CREATE INDEX shift_of ON shift(staff, start_min, end_min) WHERE holds = 1;
CREATE INDEX shift_at ON shift(start_min, end_min, staff, org, zone, kind) WHERE holds = 1;
CREATE INDEX shift_by_start ON shift(starts_at, id);
CREATE INDEX shift_by_status ON shift(status, starts_at, id);
CREATE INDEX shift_by_staff ON shift(staff, starts_at, id);
CREATE INDEX shift_by_org ON shift(org, start_min, staff) WHERE holds = 1;
CREATE INDEX shift_by_request ON shift(request, id) WHERE request IS NOT NULL;
CREATE INDEX shift_swapping ON shift(starts_at, id) WHERE swap_to IS NOT NULL;

-- 1440: the longest a shift is, in minutes.
CREATE TRIGGER shift_overlaps_new AFTER INSERT ON shift WHEN NEW.holds = 1 BEGIN
  SELECT raise(ABORT, 'staff-overlap') WHERE EXISTS (
    SELECT 1 FROM shift WHERE staff = NEW.staff AND holds = 1 AND id <> NEW.id
      AND start_min > NEW.start_min - 1440 AND start_min < NEW.end_min AND end_min > NEW.start_min);
END;
CREATE TRIGGER shift_overlaps_changed AFTER UPDATE ON shift WHEN NEW.holds = 1 BEGIN
  SELECT raise(ABORT, 'staff-overlap') WHERE EXISTS (
    SELECT 1 FROM shift WHERE staff = NEW.staff AND holds = 1 AND id <> NEW.id
      AND start_min > NEW.start_min - 1440 AND start_min < NEW.end_min AND end_min > NEW.start_min);
END;
CREATE TRIGGER shift_kept BEFORE DELETE ON shift BEGIN
  SELECT raise(ABORT, 'staff-kept');
END;
CREATE TRIGGER staff_request_kept BEFORE DELETE ON staff_request BEGIN
  SELECT raise(ABORT, 'staff-kept');
END;

-- How far a request is filled follows from the shifts made for it.
CREATE TRIGGER shift_fills_new AFTER INSERT ON shift WHEN NEW.request IS NOT NULL BEGIN
  UPDATE staff_request SET filled = (SELECT count(*) FROM shift WHERE request = NEW.request AND holds = 1)
    WHERE id = NEW.request;
END;
CREATE TRIGGER shift_fills_changed AFTER UPDATE OF status, request ON shift WHEN NEW.request IS NOT NULL BEGIN
  UPDATE staff_request SET filled = (SELECT count(*) FROM shift WHERE request = NEW.request AND holds = 1)
    WHERE id = NEW.request;
END;
CREATE TRIGGER staff_request_filled AFTER UPDATE OF filled ON staff_request
  WHEN NEW.status IN ('待审核', '部分满足', '已调配') BEGIN
  UPDATE staff_request SET status = CASE WHEN filled = 0 THEN '待审核' WHEN filled < number THEN '部分满足' ELSE '已调配' END
    WHERE id = NEW.id;
END;
