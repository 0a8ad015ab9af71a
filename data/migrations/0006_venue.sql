-- Places and who is where (G-6.1.1 to G-6.1.4, SM-06, RULES §6, §7): premises as they were handed over, the tree of zones,
-- bookings, and the series they belong to. That no two bookings hold a zone, its parent or its child at once is guarded here
-- as well: of two processes at the same instant exactly one gets it.

CREATE TABLE premises (
  id             INTEGER PRIMARY KEY,
  code           TEXT NOT NULL UNIQUE CHECK (trim(code) <> ''),
  name           TEXT NOT NULL CHECK (trim(name) <> ''),
  address        TEXT,
  from_org       TEXT NOT NULL,                    -- association that handed it over
  owner          TEXT NOT NULL CHECK (trim(owner) <> ''), -- who owns or leases it: unchanged by the hand-over
  tenure         TEXT NOT NULL CHECK (tenure IN ('自有', '租赁', '无偿使用')),
  area           INTEGER CHECK (area > 0),         -- square metres
  handed_over_on TEXT,
  documents      TEXT,
  state          TEXT NOT NULL CHECK (state IN ('移交中', '已移交', '已退回')),
  version        INTEGER NOT NULL,
  created_at     TEXT NOT NULL,
  created_by     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  updated_by     TEXT NOT NULL
) STRICT;

CREATE TABLE zone (
  id            INTEGER PRIMARY KEY,
  code          TEXT NOT NULL UNIQUE CHECK (trim(code) <> '' AND code = upper(code)),
  key           TEXT UNIQUE CHECK (key = lower(key) AND trim(key) <> ''), -- what a hand types for it
  name          TEXT NOT NULL CHECK (trim(name) <> ''),
  premises      INTEGER REFERENCES premises(id),
  parent        INTEGER REFERENCES zone(id),
  class         TEXT CHECK (class IN ('联合办公区', '接待服务区', '多功能活动区')),
  kind          TEXT NOT NULL CHECK (kind IN ('区域', '专属服务工位', '专项服务窗口', '活动室', '会议室', '库房')),
  capacity      INTEGER CHECK (capacity > 0),      -- people
  fire_limit    INTEGER CHECK (fire_limit > 0),    -- people, never more
  dedicated_to  TEXT,                              -- association codes joined by ';'; NULL: everyone's
  features      TEXT,                              -- accessibility it offers, joined by ';'
  opens         TEXT CHECK (opens GLOB '[0-2][0-9]:[0-5][0-9]'),  -- NULL: the rule profile's
  closes        TEXT CHECK (closes GLOB '[0-2][0-9]:[0-5][0-9]'),
  approval      INTEGER NOT NULL DEFAULT 0 CHECK (approval IN (0, 1)), -- bookings wait for somebody's yes
  signs         TEXT,                              -- what its signs say and in which form (G-6.1.2)
  signs_state   TEXT CHECK (signs_state IN ('完好', '破损', '缺失')),
  closed_on     TEXT,
  version       INTEGER NOT NULL,
  created_at    TEXT NOT NULL,
  created_by    TEXT NOT NULL,
  updated_at    TEXT NOT NULL,
  updated_by    TEXT NOT NULL,
  CHECK (parent IS NULL OR parent <> id),
  CHECK (fire_limit IS NULL OR capacity IS NULL OR fire_limit >= capacity)
) STRICT;
CREATE INDEX zone_by_parent ON zone(parent, code, id);
CREATE INDEX zone_by_code ON zone(code, id);

-- Every zone with itself and all it lies in, so that an overlap is asked for without walking the tree.
CREATE TABLE zone_tree (
  zone     INTEGER NOT NULL REFERENCES zone(id),
  ancestor INTEGER NOT NULL REFERENCES zone(id),
  PRIMARY KEY (zone, ancestor)
) STRICT, WITHOUT ROWID;
CREATE INDEX zone_tree_down ON zone_tree(ancestor, zone);

-- The zones that cannot be used together with one: itself, those it lies in, those that lie in it.
CREATE VIEW zone_rival (zone, rival) AS
  SELECT zone, ancestor FROM zone_tree
  UNION ALL
  SELECT ancestor, zone FROM zone_tree WHERE zone <> ancestor;

CREATE TRIGGER zone_tree_grows AFTER INSERT ON zone BEGIN
  INSERT INTO zone_tree (zone, ancestor) VALUES (NEW.id, NEW.id);
  INSERT INTO zone_tree (zone, ancestor) SELECT NEW.id, ancestor FROM zone_tree WHERE zone = NEW.parent;
END;

CREATE TABLE booking_series (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  rule       TEXT NOT NULL,                        -- RFC 5545 RRULE, without its count
  first_on   TEXT NOT NULL,
  times      INTEGER NOT NULL CHECK (times BETWEEN 1 AND 400),
  skipped    TEXT,                                 -- days left out because the zone was taken, joined by ';'
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) STRICT;

CREATE TABLE booking (
  id              INTEGER PRIMARY KEY,
  no              TEXT NOT NULL UNIQUE,
  zone            INTEGER NOT NULL REFERENCES zone(id),
  org             TEXT NOT NULL,                   -- association code
  purpose         TEXT NOT NULL CHECK (trim(purpose) <> ''),
  kind            TEXT NOT NULL CHECK (kind IN ('办公', '活动', '培训', '会议', '个案', '值班')),
  starts_at       TEXT NOT NULL CHECK (starts_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  ends_at         TEXT NOT NULL CHECK (ends_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]'),
  setup           INTEGER NOT NULL DEFAULT 0 CHECK (setup BETWEEN 0 AND 720),     -- minutes before
  cleanup         INTEGER NOT NULL DEFAULT 0 CHECK (cleanup BETWEEN 0 AND 720),   -- minutes after
  people          INTEGER CHECK (people > 0),
  needs           TEXT,                            -- accessibility wanted, joined by ';'
  equipment       TEXT,
  status          TEXT NOT NULL CHECK (status IN
                    ('待审核', '已确认', '已拒绝', '已撤回', '使用中', '已完成', '未到场', '已取消', '改期', '候补')),
  series          INTEGER REFERENCES booking_series(id),
  applicant       TEXT,
  approver        TEXT,
  warnings        TEXT,                            -- what was warned of, joined by ';'
  override_reason TEXT,                            -- why it was booked all the same
  refused_reason  TEXT,                            -- why it was rejected, cancelled or not come to
  moved_to        INTEGER REFERENCES booking(id),
  uid             TEXT UNIQUE,                     -- of the calendar it came from
  version         INTEGER NOT NULL,
  created_at      TEXT NOT NULL,
  created_by      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  updated_by      TEXT NOT NULL,
  -- Minutes of local time since 1970-01-01: overlap is a range of an index.
  start_min       INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(starts_at) / 60) STORED,
  end_min         INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(ends_at) / 60) STORED,
  busy_from       INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(starts_at) / 60 - setup) STORED,
  busy_to         INTEGER NOT NULL GENERATED ALWAYS AS (unixepoch(ends_at) / 60 + cleanup) STORED,
  holds           INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('待审核', '已确认', '使用中', '已完成')) STORED,
  open            INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('待审核', '已确认', '使用中')) STORED,
  CHECK (end_min > start_min AND end_min - start_min <= 1440),
  CHECK (warnings IS NULL OR override_reason IS NOT NULL)
) STRICT;
CREATE INDEX booking_by_zone ON booking(zone, busy_from, busy_to) WHERE holds = 1;
CREATE INDEX booking_by_start ON booking(starts_at, id);
CREATE INDEX booking_by_place ON booking(zone, starts_at, id) WHERE open = 1;
CREATE INDEX booking_by_org ON booking(org, starts_at, id);
CREATE INDEX booking_by_status ON booking(status, starts_at, id);
CREATE INDEX booking_by_applicant ON booking(applicant, starts_at, id);
CREATE INDEX booking_by_series ON booking(series, starts_at) WHERE series IS NOT NULL;

-- 2880: the longest a booking is busy, set-up and clean-up included, in minutes.
CREATE TRIGGER booking_overlaps_new AFTER INSERT ON booking WHEN NEW.holds = 1 BEGIN
  SELECT raise(ABORT, 'venue-overlap') WHERE EXISTS (
    SELECT 1 FROM zone_rival AS r JOIN booking AS b ON b.zone = r.rival
    WHERE r.zone = NEW.zone AND b.holds = 1 AND b.id <> NEW.id
      AND b.busy_from > NEW.busy_from - 2880 AND b.busy_from < NEW.busy_to AND b.busy_to > NEW.busy_from);
END;

CREATE TRIGGER booking_overlaps_changed AFTER UPDATE ON booking WHEN NEW.holds = 1 BEGIN
  SELECT raise(ABORT, 'venue-overlap') WHERE EXISTS (
    SELECT 1 FROM zone_rival AS r JOIN booking AS b ON b.zone = r.rival
    WHERE r.zone = NEW.zone AND b.holds = 1 AND b.id <> NEW.id
      AND b.busy_from > NEW.busy_from - 2880 AND b.busy_from < NEW.busy_to AND b.busy_to > NEW.busy_from);
END;

CREATE TRIGGER booking_kept BEFORE DELETE ON booking BEGIN
  SELECT raise(ABORT, 'venue-kept');
END;

-- A zone goes elsewhere in the tree only while nothing is booked in it: what was apart would come to overlap.
CREATE TRIGGER zone_moves BEFORE UPDATE OF parent ON zone WHEN NEW.parent IS NOT OLD.parent BEGIN
  SELECT raise(ABORT, 'zone-circle') WHERE EXISTS (
    SELECT 1 FROM zone_tree WHERE ancestor = NEW.id AND zone = NEW.parent);
  SELECT raise(ABORT, 'zone-booked') WHERE EXISTS (
    SELECT 1 FROM zone_tree AS t JOIN booking AS b ON b.zone = t.zone WHERE t.ancestor = NEW.id AND b.holds = 1);
END;
CREATE TRIGGER zone_moved AFTER UPDATE OF parent ON zone WHEN NEW.parent IS NOT OLD.parent BEGIN
  DELETE FROM zone_tree
  WHERE zone IN (SELECT zone FROM zone_tree WHERE ancestor = NEW.id)
    AND ancestor NOT IN (SELECT zone FROM zone_tree WHERE ancestor = NEW.id);
  INSERT INTO zone_tree (zone, ancestor)
    SELECT below.zone, above.ancestor FROM zone_tree AS below, zone_tree AS above
    WHERE below.ancestor = NEW.id AND above.zone = NEW.parent;
END;
