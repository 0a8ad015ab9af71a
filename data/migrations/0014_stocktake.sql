-- The things counted (G-6.2.4, SM-11): what the book said when a stocktake began, line by line and never changed after; what was
-- found; what was decided. The ledger is brought up to date only when every difference has its decision.

CREATE TABLE stocktake (
  id           INTEGER PRIMARY KEY,
  no           TEXT NOT NULL UNIQUE,                -- PD-2026-H1-01
  period       TEXT NOT NULL,                       -- 2026H1
  scope        TEXT NOT NULL CHECK (scope IN ('全部', '权属', '场地', '类别')),
  which        TEXT,                                -- association, zone code or category
  planned_on   TEXT NOT NULL,
  blind        INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)), -- counters are not told what is expected
  counters     TEXT,                                -- who is meant to count
  note         TEXT,
  status       TEXT NOT NULL CHECK (status IN
                 ('计划', '盘点中', '复核', '差异审批', '已更新台账', '公示中', '归档', '已取消')),
  frozen_at    TEXT,                                -- when the book was written down
  finished_at  TEXT,
  checker      TEXT,                                -- the second person
  approver     TEXT,
  posted_on    TEXT,
  published_on TEXT,
  notice_until TEXT,                                -- the last day for objections
  version      INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL,
  CHECK ((scope = '全部') = (which IS NULL)),
  CHECK ((status IN ('计划', '已取消')) OR frozen_at IS NOT NULL),
  CHECK (status NOT IN ('公示中', '归档') OR (published_on IS NOT NULL AND notice_until >= published_on))
) STRICT;
CREATE INDEX stocktake_by_status ON stocktake(status, id);
CREATE INDEX stocktake_by_period ON stocktake(period, id);

CREATE TABLE stocktake_line (
  id          INTEGER PRIMARY KEY,
  no          TEXT NOT NULL UNIQUE,                 -- PD-2026-H1-01-017
  stocktake   INTEGER NOT NULL REFERENCES stocktake(id),
  position    INTEGER NOT NULL CHECK (position > 0), -- as one walks along the shelves
  expected    INTEGER NOT NULL CHECK (expected IN (0, 1)), -- 0: nobody looked for it, it was there
  asset       INTEGER REFERENCES asset(id),         -- NULL: nobody knows it
  tag         TEXT NOT NULL CHECK (trim(tag) <> ''),
  name        TEXT NOT NULL,
  owner       TEXT,                                 -- association code
  custodian   TEXT,
  place       INTEGER REFERENCES zone(id),          -- by the book, as is all above
  shelf       TEXT,
  status      TEXT,
  result      TEXT CHECK (result IN ('相符', '位置不符', '状态不符', '毁损', '盘亏', '盘盈', '不明')),
  found_place INTEGER REFERENCES zone(id),
  note        TEXT,
  scanned     INTEGER CHECK (scanned IN (0, 1)),    -- the tag itself was read, not a key pressed for it
  counted_seq INTEGER UNIQUE,                       -- the order in which things were counted
  counted_at  TEXT,
  counted_by  TEXT,
  checked_by  TEXT,                                 -- the second person
  decision    TEXT CHECK (decision IN ('更新台账', '放回原处', '继续查找', '不改')),
  reason      TEXT,
  decided_by  TEXT,
  card_owner  TEXT,                                 -- whose the card is to be that is made of an unknown thing
  card_category TEXT,
  done        TEXT,                                 -- what became of it in the ledger
  void        INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),
  version     INTEGER NOT NULL,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL,
  differs     INTEGER NOT NULL GENERATED ALWAYS AS (result IS NOT NULL AND result <> '相符' AND void = 0) STORED,
  CHECK ((result IS NULL) = (counted_by IS NULL)),
  CHECK (checked_by IS NULL OR result IS NOT NULL),
  CHECK (decision IS NULL OR (result IS NOT NULL AND decided_by IS NOT NULL))
) STRICT;
-- A thing stands on a stocktake once, however many count.
CREATE UNIQUE INDEX stocktake_line_once ON stocktake_line(stocktake, asset) WHERE asset IS NOT NULL AND void = 0;
CREATE UNIQUE INDEX stocktake_line_tag_once ON stocktake_line(stocktake, tag) WHERE void = 0;
CREATE INDEX stocktake_line_by_position ON stocktake_line(stocktake, position, id);
CREATE INDEX stocktake_line_left ON stocktake_line(stocktake, place, position, id) WHERE result IS NULL AND void = 0;
CREATE INDEX stocktake_line_walk ON stocktake_line(stocktake, position, id) WHERE result IS NULL AND void = 0;
CREATE INDEX stocktake_line_counted ON stocktake_line(counted_seq, id) WHERE counted_seq IS NOT NULL;
CREATE INDEX stocktake_line_differences ON stocktake_line(stocktake, position, id) WHERE differs = 1;
CREATE INDEX stocktake_line_undecided ON stocktake_line(stocktake, position, id) WHERE differs = 1 AND decision IS NULL;
CREATE INDEX stocktake_line_by_counter ON stocktake_line(stocktake, counted_by) WHERE counted_by IS NOT NULL;
CREATE INDEX stocktake_line_by_result ON stocktake_line(stocktake, result);

-- Who counts where: each goes on where they were.
CREATE TABLE stocktake_counter (
  stocktake INTEGER NOT NULL REFERENCES stocktake(id),
  who       TEXT NOT NULL,
  place     INTEGER REFERENCES zone(id),
  position  INTEGER NOT NULL,                       -- of the last one they answered about
  at        TEXT NOT NULL,
  PRIMARY KEY (stocktake, who)
) STRICT, WITHOUT ROWID;

-- What an association has to say about a published stocktake.
CREATE TABLE stocktake_objection (
  id         INTEGER PRIMARY KEY,
  stocktake  INTEGER NOT NULL REFERENCES stocktake(id),
  org        TEXT NOT NULL,
  text       TEXT NOT NULL CHECK (trim(text) <> ''),
  raised_on  TEXT NOT NULL,
  raised_by  TEXT NOT NULL,
  reply      TEXT,
  replied_on TEXT,
  replied_by TEXT,
  CHECK ((reply IS NULL) = (replied_by IS NULL))
) STRICT;
CREATE INDEX objection_by_stocktake ON stocktake_objection(stocktake, id);

CREATE TRIGGER stocktake_line_frozen BEFORE UPDATE OF stocktake, position, expected, asset, tag, name, owner, custodian, place, shelf, status
ON stocktake_line WHEN OLD.expected = 1 BEGIN
  SELECT raise(ABORT, 'stocktake-frozen');
END;
CREATE TRIGGER stocktake_line_counts BEFORE UPDATE OF result, found_place ON stocktake_line
WHEN NEW.result IS NOT OLD.result OR NEW.found_place IS NOT OLD.found_place BEGIN
  SELECT raise(ABORT, 'stocktake-not-counting') WHERE NOT EXISTS (
    SELECT 1 FROM stocktake WHERE id = NEW.stocktake AND status = '盘点中');
END;
CREATE TRIGGER stocktake_line_decides BEFORE UPDATE OF decision ON stocktake_line WHEN NEW.decision IS NOT OLD.decision BEGIN
  SELECT raise(ABORT, 'stocktake-not-deciding') WHERE NOT EXISTS (
    SELECT 1 FROM stocktake WHERE id = NEW.stocktake AND status = '差异审批');
END;
CREATE TRIGGER stocktake_line_stays BEFORE DELETE ON stocktake_line BEGIN
  SELECT raise(ABORT, 'stocktake-kept');
END;
CREATE TRIGGER stocktake_undecided BEFORE UPDATE OF status ON stocktake
WHEN NEW.status IN ('已更新台账', '公示中', '归档') BEGIN
  SELECT raise(ABORT, 'stocktake-undecided') WHERE EXISTS (
    SELECT 1 FROM stocktake_line WHERE stocktake = NEW.id AND differs = 1 AND decision IS NULL);
END;
CREATE TRIGGER stocktake_uncounted BEFORE UPDATE OF status ON stocktake
WHEN NEW.status IN ('复核', '差异审批', '已更新台账', '公示中', '归档') BEGIN
  SELECT raise(ABORT, 'stocktake-uncounted') WHERE EXISTS (
    SELECT 1 FROM stocktake_line WHERE stocktake = NEW.id AND result IS NULL AND void = 0);
END;
