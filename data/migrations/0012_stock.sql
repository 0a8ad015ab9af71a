-- Goods that are used up (G-6.2.3a): what there is, every move of it, what it cost. A move is never rewritten, only reversed by
-- another; what is on the shelf and what it cost are the sums of the moves, and neither is ever below nothing. Purchases (SM-10).

CREATE TABLE consumable (
  id            INTEGER PRIMARY KEY,
  no            TEXT NOT NULL UNIQUE CHECK (trim(no) <> '' AND no = upper(no)),
  name          TEXT NOT NULL CHECK (trim(name) <> ''),
  unit          TEXT NOT NULL CHECK (trim(unit) <> ''),
  reorder_level INTEGER NOT NULL DEFAULT 0 CHECK (reorder_level >= 0), -- units
  usual_price   INTEGER CHECK (usual_price >= 0),                      -- fen a unit: what it cost last
  place         INTEGER REFERENCES zone(id),
  note          TEXT,
  quantity      INTEGER NOT NULL DEFAULT 0 CHECK (quantity >= 0),      -- units on the shelf
  worth         INTEGER NOT NULL DEFAULT 0 CHECK (worth >= 0),         -- fen they cost
  closed_on     TEXT,
  version       INTEGER NOT NULL,
  created_at    TEXT NOT NULL,
  created_by    TEXT NOT NULL,
  updated_at    TEXT NOT NULL,
  updated_by    TEXT NOT NULL,
  CHECK (quantity > 0 OR worth = 0)
) STRICT;
CREATE INDEX consumable_low ON consumable(no, id) WHERE closed_on IS NULL AND quantity <= reorder_level;

CREATE TABLE purchase (
  id           INTEGER PRIMARY KEY,
  no           TEXT NOT NULL UNIQUE,
  requested_on TEXT NOT NULL,
  what         TEXT NOT NULL CHECK (trim(what) <> ''),
  item         INTEGER REFERENCES consumable(id),   -- NULL: no consumable, but a durable thing or a service
  quantity     INTEGER NOT NULL CHECK (quantity > 0),
  estimate     INTEGER NOT NULL CHECK (estimate > 0), -- fen in all
  org          TEXT NOT NULL,                       -- whose need it is
  reason       TEXT,
  wanted_on    TEXT,
  applicant    TEXT NOT NULL,
  status       TEXT NOT NULL CHECK (status IN
                 ('申请', '询价', '待审批', '已批准', '已订购', '已验收', '已入库', '已付款', '已关闭', '未批准', '已撤回')),
  quote        INTEGER,                             -- the quote that was taken
  approver     TEXT,
  approved_on  TEXT,
  resolution   TEXT,                                -- the collective decision behind a large one (M-5.3)
  ordered_on   TEXT,
  due_on       TEXT,
  accepted_on  TEXT,
  accepted     INTEGER CHECK (accepted >= 0),       -- units that came and were good
  inspector    TEXT,
  paid         INTEGER CHECK (paid > 0),            -- fen
  voucher      INTEGER REFERENCES journal_entry(id),
  asset        TEXT,                                -- card made of it
  why          TEXT,                                -- why it was refused, withdrawn, or came differently
  alone        INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)), -- approved under the small-office switch
  version      INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL,
  CHECK (alone = 1 OR approver IS NULL OR approver <> applicant),
  CHECK (status NOT IN ('已批准', '已订购', '已验收', '已入库', '已付款', '已关闭') OR approver IS NOT NULL),
  CHECK (status NOT IN ('已验收', '已入库', '已付款', '已关闭') OR accepted IS NOT NULL),
  CHECK (status NOT IN ('已付款', '已关闭') OR voucher IS NOT NULL)
) STRICT;
CREATE INDEX purchase_by_status ON purchase(status, id);
CREATE INDEX purchase_by_item ON purchase(item, id) WHERE item IS NOT NULL;

CREATE TABLE purchase_quote (
  id       INTEGER PRIMARY KEY,
  purchase INTEGER NOT NULL REFERENCES purchase(id),
  vendor   TEXT NOT NULL CHECK (trim(vendor) <> ''),
  amount   INTEGER NOT NULL CHECK (amount > 0),     -- fen for all of it
  quoted_on TEXT NOT NULL,
  note     TEXT,
  asked_by TEXT NOT NULL,
  UNIQUE (purchase, vendor)
) STRICT;

CREATE TABLE consumable_move (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  item       INTEGER NOT NULL REFERENCES consumable(id),
  moved_on   TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('期初', '入库', '领用', '退库', '盘盈', '盘亏', '报损')),
  quantity   INTEGER NOT NULL CHECK (quantity <> 0), -- units: onto the shelf, or off it (negative)
  price      INTEGER CHECK (price >= 0),             -- fen a unit of what came in, as it was told
  amount     INTEGER NOT NULL,                       -- fen, signed as the quantity
  org        TEXT,                                   -- association that used it
  taker      TEXT,                                   -- who took or brought it
  note       TEXT,
  reverses   INTEGER UNIQUE REFERENCES consumable_move(id),
  purchase   INTEGER REFERENCES purchase(id),
  stock      INTEGER NOT NULL CHECK (stock >= 0),    -- units after it
  worth      INTEGER NOT NULL CHECK (worth >= 0),    -- fen after it
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  flow       TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN kind IN ('期初', '入库') THEN '进'
               WHEN kind IN ('领用', '退库') THEN '用' ELSE '差' END) STORED,
  CHECK (quantity > 0 AND amount >= 0 OR quantity < 0 AND amount <= 0),
  CHECK (stock > 0 OR worth = 0),
  CHECK (kind NOT IN ('领用', '退库') OR org IS NOT NULL),
  CHECK ((reverses IS NULL) = ((kind IN ('期初', '入库', '退库', '盘盈')) = (quantity > 0)))
) STRICT;
CREATE INDEX consumable_move_by_item ON consumable_move(item, id);
CREATE INDEX consumable_move_by_org ON consumable_move(org, item, id) WHERE org IS NOT NULL;
CREATE INDEX consumable_move_by_flow ON consumable_move(flow, id);
CREATE INDEX consumable_move_by_day ON consumable_move(moved_on, id);

-- What is on the shelf and what it cost follow from the move, and from nothing else.
CREATE TRIGGER consumable_move_sums BEFORE INSERT ON consumable_move BEGIN
  SELECT raise(ABORT, 'consumables-sum') FROM consumable
  WHERE id = NEW.item AND (NEW.stock <> quantity + NEW.quantity OR NEW.worth <> worth + NEW.amount);
END;
CREATE TRIGGER consumable_move_counts AFTER INSERT ON consumable_move BEGIN
  UPDATE consumable SET quantity = NEW.stock, worth = NEW.worth,
    usual_price = CASE WHEN NEW.kind = '入库' AND NEW.price IS NOT NULL AND NEW.reverses IS NULL THEN NEW.price
                       ELSE usual_price END
  WHERE id = NEW.item;
END;
CREATE TRIGGER consumable_only_moves BEFORE UPDATE OF quantity, worth ON consumable
WHEN NEW.quantity IS NOT OLD.quantity OR NEW.worth IS NOT OLD.worth BEGIN
  SELECT raise(ABORT, 'consumables-sum') WHERE NOT EXISTS (
    SELECT 1 FROM (SELECT stock, worth FROM consumable_move WHERE item = NEW.id ORDER BY id DESC LIMIT 1) AS last
    WHERE last.stock = NEW.quantity AND last.worth = NEW.worth);
END;
CREATE TRIGGER consumable_starts_empty BEFORE INSERT ON consumable WHEN NEW.quantity <> 0 OR NEW.worth <> 0 BEGIN
  SELECT raise(ABORT, 'consumables-sum');
END;
CREATE TRIGGER consumable_move_kept BEFORE UPDATE OF no, item, moved_on, kind, quantity, price, amount, org, taker, note, reverses,
  purchase, stock, worth ON consumable_move BEGIN
  SELECT raise(ABORT, 'moves-kept');
END;
CREATE TRIGGER consumable_move_stays BEFORE DELETE ON consumable_move BEGIN
  SELECT raise(ABORT, 'moves-kept');
END;
