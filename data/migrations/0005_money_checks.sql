-- The cash in the box counted (RULES §3.5), the bank's statement compared (§3.6), costs shared (§3.7), the month's notice (G-6.4.2b).

CREATE TABLE cash_count (
  id           INTEGER PRIMARY KEY,
  no           TEXT NOT NULL UNIQUE,
  counted_at   TEXT NOT NULL,
  book         INTEGER NOT NULL REFERENCES book(id),
  book_balance INTEGER NOT NULL,                   -- fen the journal says, posted
  unposted     INTEGER NOT NULL DEFAULT 0,         -- fen of lines written but not posted
  counted      INTEGER NOT NULL,                   -- fen found
  difference   INTEGER NOT NULL,                   -- counted - (book_balance + unposted): short is negative
  reason       TEXT,
  decision     TEXT,
  counter      TEXT NOT NULL,
  witness      TEXT NOT NULL,
  status       TEXT NOT NULL CHECK (status IN ('已盘点', '已处理', '已作废')),
  alone        INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)), -- counted under the small-office switch
  version      INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL,
  CHECK (alone = 1 OR witness <> counter),
  CHECK (difference = counted - book_balance - unposted),
  CHECK (difference = 0 OR trim(coalesce(reason, '')) <> '')
) STRICT;
CREATE TABLE cash_count_line (
  count        INTEGER NOT NULL REFERENCES cash_count(id),
  denomination INTEGER NOT NULL CHECK (denomination > 0), -- fen
  pieces       INTEGER NOT NULL CHECK (pieces >= 0),
  PRIMARY KEY (count, denomination)
) STRICT, WITHOUT ROWID;

-- A line of the bank's statement.
CREATE TABLE bank_line (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  book       INTEGER NOT NULL REFERENCES book(id),
  period     TEXT NOT NULL,
  date       TEXT NOT NULL,
  text       TEXT NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount <> 0), -- fen from our side: + came in, - went out
  balance    INTEGER,                              -- the bank's, after it
  ticked_at  TEXT,                                 -- NULL: not found in the journal yet
  ticked_by  TEXT,
  note       TEXT,
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT;
CREATE INDEX bank_line_by_date ON bank_line(book, date, id);
CREATE INDEX bank_line_unticked ON bank_line(book, date, id, amount) WHERE ticked_at IS NULL;
-- Which journal lines a statement line stands for; one to many by hand. A journal line is ticked once.
CREATE TABLE bank_match (
  entry      INTEGER PRIMARY KEY REFERENCES journal_entry(id),
  line       INTEGER NOT NULL REFERENCES bank_line(id),
  matched_at TEXT NOT NULL,
  matched_by TEXT NOT NULL
) STRICT;
CREATE INDEX bank_match_by_line ON bank_match(line);
-- How a bank's table is read: remembered from the last import.
CREATE TABLE bank_layout (
  book   INTEGER NOT NULL REFERENCES book(id),
  field  TEXT NOT NULL CHECK (field IN ('date', 'text', 'credit', 'debit', 'amount', 'balance')),
  header TEXT NOT NULL,
  PRIMARY KEY (book, field)
) STRICT, WITHOUT ROWID;

-- A cost shared over the associations' funds: one transfer voucher, no line in any book (G-6.4.1b).
CREATE TABLE share_run (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  rule       INTEGER NOT NULL REFERENCES share_rule(id),
  kind       TEXT NOT NULL CHECK (kind IN ('分摊', '多退少补')),
  from_on    TEXT NOT NULL,
  to_on      TEXT NOT NULL,
  pool       INTEGER NOT NULL REFERENCES fund(id), -- the fund that receives
  total      INTEGER NOT NULL,
  voucher    INTEGER NOT NULL UNIQUE REFERENCES journal_entry(id),
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  CHECK (to_on >= from_on)
) STRICT;
CREATE TABLE share_part (
  run    INTEGER NOT NULL REFERENCES share_run(id),
  org    TEXT NOT NULL,
  fund   INTEGER NOT NULL REFERENCES fund(id),     -- the association's that pays
  weight INTEGER NOT NULL CHECK (weight >= 0),
  amount INTEGER NOT NULL,
  PRIMARY KEY (run, org)
) STRICT, WITHOUT ROWID;

-- The financial notice to an association: when, to whom, what came back.
CREATE TABLE financial_notice (
  id         INTEGER PRIMARY KEY,
  no         TEXT NOT NULL UNIQUE,
  org        TEXT NOT NULL,
  from_on    TEXT NOT NULL,
  to_on      TEXT NOT NULL,
  issued_on  TEXT NOT NULL,
  sent_to    TEXT NOT NULL,
  read_on    TEXT,
  objection  TEXT,
  reply      TEXT,
  status     TEXT NOT NULL CHECK (status IN ('已发', '已阅', '有异议', '已答复')),
  version    INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL,
  CHECK (to_on >= from_on)
) STRICT;
