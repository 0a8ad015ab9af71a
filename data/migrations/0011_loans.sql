-- Requests for assets and loans (G-6.2.2, SM-08): who asked for what, who has what until when. That nothing is promised twice
-- for the same day, that one pair of hands has it at a time, and that nothing broken goes out is guarded here as well.

CREATE TABLE asset_loan (
  id              INTEGER PRIMARY KEY,
  no              TEXT NOT NULL UNIQUE,            -- ZS-2026-001
  asset           INTEGER REFERENCES asset(id),    -- NULL as long as only a kind was asked for
  wanted          TEXT,                            -- the kind asked for
  org             TEXT NOT NULL,                   -- association code: who asks
  owner           TEXT,                            -- association code: whose it was when it was promised
  borrower        TEXT,                            -- who carries it
  purpose         TEXT,
  use_place       TEXT,
  requested_on    TEXT NOT NULL,
  from_on         TEXT NOT NULL CHECK (from_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  due_on          TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  out_on          TEXT,
  returned_on     TEXT,
  returned_state  TEXT CHECK (returned_state IN ('完好', '损坏', '缺件', '丢失')),
  return_note     TEXT,
  settlement      TEXT,                            -- how damage or loss was made good
  status          TEXT NOT NULL CHECK (status IN
                    ('待审核', '已批准', '使用中', '已归还', '关闭', '已拒绝', '已撤回')),
  applicant       TEXT,
  approver        TEXT,
  handed_out_by   TEXT,
  taken_back_by   TEXT,
  warnings        TEXT,                            -- what was warned of, joined by ';'
  override_reason TEXT,                            -- why it was lent all the same
  refused_reason  TEXT,
  extended        INTEGER NOT NULL DEFAULT 0 CHECK (extended >= 0),   -- times
  was             TEXT CHECK (was IN ('在用', '闲置')),               -- how the asset stood before it went out
  version         INTEGER NOT NULL,
  created_at      TEXT NOT NULL,
  created_by      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  updated_by      TEXT NOT NULL,
  -- It has a claim on its asset.
  holds           INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('已批准', '使用中')) STORED,
  -- Days it was out, or is to be: both ends count.
  days            INTEGER NOT NULL GENERATED ALWAYS AS
                    (CASE WHEN status IN ('使用中', '已归还', '关闭')
                     THEN CAST(julianday(coalesce(returned_on, due_on)) - julianday(coalesce(out_on, from_on)) AS INTEGER) + 1
                     ELSE 0 END) STORED,
  CHECK (due_on >= from_on),
  CHECK (asset IS NOT NULL OR (trim(wanted) <> '' AND wanted IS NOT NULL)),
  CHECK (status NOT IN ('已批准', '使用中', '已归还', '关闭') OR (asset IS NOT NULL AND owner IS NOT NULL)),
  CHECK (status NOT IN ('使用中', '已归还', '关闭') OR out_on IS NOT NULL),
  CHECK (status NOT IN ('已归还', '关闭') OR returned_on >= out_on),
  CHECK (warnings IS NULL OR override_reason IS NOT NULL)
) STRICT;
CREATE INDEX asset_loan_by_asset ON asset_loan(asset, from_on, due_on) WHERE holds = 1;
CREATE UNIQUE INDEX asset_loan_one_holder ON asset_loan(asset) WHERE status = '使用中';
CREATE INDEX asset_loan_history ON asset_loan(asset, id);
CREATE INDEX asset_loan_by_status ON asset_loan(status, due_on, id);
CREATE INDEX asset_loan_by_beginning ON asset_loan(status, from_on, id);
CREATE INDEX asset_loan_by_org ON asset_loan(org, from_on, id);
CREATE INDEX asset_loan_by_borrower ON asset_loan(borrower, id) WHERE borrower IS NOT NULL;
CREATE INDEX asset_loan_by_from ON asset_loan(from_on, id);

CREATE TRIGGER asset_loan_overlaps_new AFTER INSERT ON asset_loan WHEN NEW.holds = 1 BEGIN
  SELECT raise(ABORT, 'loan-overlap') WHERE EXISTS (
    SELECT 1 FROM asset_loan WHERE asset = NEW.asset AND holds = 1 AND id <> NEW.id
      AND from_on <= NEW.due_on AND due_on >= NEW.from_on);
  SELECT raise(ABORT, 'loan-asset') WHERE NOT EXISTS (
    SELECT 1 FROM asset WHERE id = NEW.asset AND live = 1 AND status IN ('在用', '闲置', '借出'));
END;
CREATE TRIGGER asset_loan_overlaps_changed AFTER UPDATE ON asset_loan WHEN NEW.holds = 1 BEGIN
  SELECT raise(ABORT, 'loan-overlap') WHERE EXISTS (
    SELECT 1 FROM asset_loan WHERE asset = NEW.asset AND holds = 1 AND id <> NEW.id
      AND from_on <= NEW.due_on AND due_on >= NEW.from_on);
  SELECT raise(ABORT, 'loan-asset')
  WHERE (NEW.status <> OLD.status OR NEW.asset IS NOT OLD.asset) AND NOT EXISTS (
    SELECT 1 FROM asset WHERE id = NEW.asset AND live = 1 AND status IN ('在用', '闲置', '借出'));
END;
CREATE TRIGGER asset_loan_kept BEFORE DELETE ON asset_loan BEGIN
  SELECT raise(ABORT, 'loan-kept');
END;

-- A card says lent exactly while somebody has the thing.
CREATE TRIGGER asset_lent BEFORE UPDATE OF status ON asset WHEN NEW.status = '借出' AND OLD.status <> '借出' BEGIN
  SELECT raise(ABORT, 'asset-not-lent') WHERE NOT EXISTS (
    SELECT 1 FROM asset_loan WHERE asset = NEW.id AND status = '使用中');
END;
CREATE TRIGGER asset_back BEFORE UPDATE OF status ON asset WHEN OLD.status = '借出' AND NEW.status <> '借出' BEGIN
  SELECT raise(ABORT, 'asset-still-lent') WHERE EXISTS (
    SELECT 1 FROM asset_loan WHERE asset = NEW.id AND status = '使用中');
END;

-- Who lent to whom for how many days, month by month, kept as it happens: fairness is not counted anew at every request.
CREATE TABLE asset_use (
  month TEXT NOT NULL,                             -- of the first day, YYYY-MM
  owner TEXT NOT NULL,
  org   TEXT NOT NULL,
  days  INTEGER NOT NULL,
  PRIMARY KEY (month, owner, org)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER asset_use_new AFTER INSERT ON asset_loan WHEN NEW.days > 0 BEGIN
  INSERT INTO asset_use (month, owner, org, days) VALUES (substr(NEW.from_on, 1, 7), NEW.owner, NEW.org, NEW.days)
  ON CONFLICT (month, owner, org) DO UPDATE SET days = days + excluded.days;
END;
CREATE TRIGGER asset_use_changed AFTER UPDATE ON asset_loan WHEN NEW.days > 0 OR OLD.days > 0 BEGIN
  UPDATE asset_use SET days = days - OLD.days
  WHERE OLD.days > 0 AND month = substr(OLD.from_on, 1, 7) AND owner = OLD.owner AND org = OLD.org;
  INSERT INTO asset_use (month, owner, org, days)
  SELECT substr(NEW.from_on, 1, 7), NEW.owner, NEW.org, NEW.days WHERE NEW.days > 0
  ON CONFLICT (month, owner, org) DO UPDATE SET days = days + excluded.days;
END;

-- What has lain idle longest, among those of one name: since which day nobody had it.
ALTER TABLE asset ADD COLUMN rests_since TEXT GENERATED ALWAYS AS
  (coalesce(last_used_on, handed_over_on, acquired_on, '')) VIRTUAL;
DROP INDEX asset_by_name;
CREATE INDEX asset_by_name ON asset(name, status, rests_since, id) WHERE live = 1;
