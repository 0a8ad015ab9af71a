-- What the associations brought together to use in common (G-6.2.1 to G-6.2.4): a card for every durable thing, and the
-- transfers by which alone it comes to belong to somebody else (SM-09). Lending moves no ownership, and neither does a move.

CREATE TABLE asset (
  id              INTEGER PRIMARY KEY,
  no              TEXT NOT NULL UNIQUE CHECK (trim(no) <> '' AND no = upper(no)),   -- ZC-PD-023
  tag             TEXT UNIQUE CHECK (trim(tag) <> '' AND tag = upper(tag)),         -- what else is stuck on it: a bar code, 轮椅03
  name            TEXT NOT NULL CHECK (trim(name) <> ''),
  category        TEXT NOT NULL CHECK (category IN ('办公设备', '康复辅助', '文体器材', '无障碍设施', '其他')),
  model           TEXT,
  serial          TEXT,
  owner           TEXT NOT NULL CHECK (trim(owner) <> ''),   -- association code: whose it is
  user            TEXT,                            -- association code: who has the standing use of it; NULL: everyone
  custodian       TEXT,                            -- the person who answers for it
  place           INTEGER REFERENCES zone(id),
  shelf           TEXT NOT NULL DEFAULT '',        -- where in that place, as a hand finds it
  shelf_order     INTEGER NOT NULL DEFAULT 0,      -- the order in which a count walks along the shelf
  source          TEXT NOT NULL CHECK (source IN ('移交', '购置', '受赠', '调拨', '租入', '自制')),
  fund            INTEGER REFERENCES fund(id),     -- what it was paid from
  value           INTEGER CHECK (value >= 0),      -- original value in fen
  unit            TEXT NOT NULL DEFAULT '件',
  acquired_on     TEXT,
  handed_over_on  TEXT,
  handed_over_by  TEXT,                            -- who signed for the association
  taken_over_by   TEXT,                            -- who signed for the secretariat
  document        TEXT,                            -- the hand-over list or invoice it stands on
  warranty_until  TEXT,
  condition       TEXT NOT NULL DEFAULT '良好' CHECK (condition IN ('良好', '一般', '损坏')),
  status          TEXT NOT NULL CHECK (status IN
                    ('在用', '闲置', '借出', '维修', '待报废', '已报废', '盘亏', '已退回')),
  status_reason   TEXT,
  last_used_on    TEXT,                            -- the last day somebody had it, for who has lain idle longest
  access_note     TEXT,                            -- braille label, how it is found by touch, how it is worked
  note            TEXT,
  void            INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1)),  -- the card was made by mistake
  version         INTEGER NOT NULL,
  created_at      TEXT NOT NULL,
  created_by      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  updated_by      TEXT NOT NULL,
  -- The running number of our own numbers, so that 23 is enough for ZC-PD-023.
  running         INTEGER GENERATED ALWAYS AS
                    (CASE WHEN no GLOB 'ZC-[A-Z][A-Z]-[0-9]*' THEN CAST(substr(no, 7) AS INTEGER) END) STORED,
  live            INTEGER NOT NULL GENERATED ALWAYS AS (status NOT IN ('已报废', '已退回') AND void = 0) STORED,
  CHECK (handed_over_on IS NULL OR acquired_on IS NULL OR handed_over_on >= acquired_on)
) STRICT;
CREATE INDEX asset_by_no ON asset(no, id) WHERE live = 1;
CREATE INDEX asset_by_every_no ON asset(no, id);
CREATE INDEX asset_by_owner ON asset(owner, no, id) WHERE live = 1;
CREATE INDEX asset_by_place ON asset(place, shelf, shelf_order, no, id) WHERE live = 1;
CREATE INDEX asset_by_status ON asset(status, no, id);
CREATE INDEX asset_by_name ON asset(name, status, id) WHERE live = 1;
CREATE INDEX asset_by_running ON asset(running) WHERE running IS NOT NULL;
CREATE INDEX asset_by_custodian ON asset(custodian, no, id) WHERE live = 1;

CREATE TRIGGER asset_kept BEFORE DELETE ON asset BEGIN
  SELECT raise(ABORT, 'asset-kept');
END;

CREATE TABLE asset_transfer (
  id            INTEGER PRIMARY KEY,
  no            TEXT NOT NULL UNIQUE,              -- QS-2026-001
  asset         INTEGER NOT NULL REFERENCES asset(id),
  from_org      TEXT NOT NULL,                     -- association code: whose it was
  to_org        TEXT NOT NULL,                     -- association code: whose it becomes
  reason        TEXT NOT NULL CHECK (trim(reason) <> ''),
  document      TEXT,
  proposed_on   TEXT NOT NULL,
  proposer      TEXT NOT NULL,
  from_by       TEXT,                              -- who agreed for the old owner, and when
  from_on       TEXT,
  to_by         TEXT,                              -- who agreed for the new owner, and when
  to_on         TEXT,
  registered_by TEXT,
  registered_on TEXT,
  refused_reason TEXT,
  status        TEXT NOT NULL CHECK (status IN
                  ('提出', '原权属方同意', '接收方同意', '联秘登记', '生效', '未同意', '撤回')),
  version       INTEGER NOT NULL,
  created_at    TEXT NOT NULL,
  created_by    TEXT NOT NULL,
  updated_at    TEXT NOT NULL,
  updated_by    TEXT NOT NULL,
  open          INTEGER NOT NULL GENERATED ALWAYS AS
                  (status IN ('提出', '原权属方同意', '接收方同意', '联秘登记')) STORED,
  CHECK (from_org <> to_org),
  CHECK (status NOT IN ('原权属方同意', '接收方同意', '联秘登记', '生效') OR (from_by IS NOT NULL AND from_on IS NOT NULL)),
  CHECK (status NOT IN ('接收方同意', '联秘登记', '生效') OR (to_by IS NOT NULL AND to_on IS NOT NULL)),
  CHECK (status NOT IN ('联秘登记', '生效') OR (registered_by IS NOT NULL AND registered_on IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX asset_transfer_open ON asset_transfer(asset) WHERE open = 1;
CREATE INDEX asset_transfer_by_asset ON asset_transfer(asset, id);
CREATE INDEX asset_transfer_by_status ON asset_transfer(status, no, id);
CREATE INDEX asset_transfer_by_no ON asset_transfer(no, id);

-- Ownership follows the consents on paper and nothing else: not even a slip of the program changes it.
CREATE TRIGGER asset_owner BEFORE UPDATE OF owner ON asset WHEN NEW.owner IS NOT OLD.owner BEGIN
  SELECT raise(ABORT, 'asset-owner') WHERE NOT EXISTS (
    SELECT 1 FROM asset_transfer
    WHERE asset = NEW.id AND from_org = OLD.owner AND to_org = NEW.owner AND status = '联秘登记');
END;
CREATE TRIGGER asset_transfer_starts BEFORE INSERT ON asset_transfer BEGIN
  SELECT raise(ABORT, 'asset-transfer-from') WHERE NOT EXISTS (
    SELECT 1 FROM asset WHERE id = NEW.asset AND owner = NEW.from_org);
END;
CREATE TRIGGER asset_transfer_fixed BEFORE UPDATE OF asset, from_org, to_org ON asset_transfer
WHEN NEW.asset IS NOT OLD.asset OR NEW.from_org IS NOT OLD.from_org OR NEW.to_org IS NOT OLD.to_org BEGIN
  SELECT raise(ABORT, 'asset-transfer-fixed');
END;
CREATE TRIGGER asset_transfer_ended BEFORE UPDATE OF status ON asset_transfer
WHEN OLD.status IN ('生效', '未同意', '撤回') AND NEW.status IS NOT OLD.status BEGIN
  SELECT raise(ABORT, 'asset-transfer-ended');
END;
CREATE TRIGGER asset_transfer_kept BEFORE DELETE ON asset_transfer BEGIN
  SELECT raise(ABORT, 'asset-kept');
END;
