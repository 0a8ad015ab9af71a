-- The purses and the bound book (G-6.4.1, G-6.4.2, SM-28, RULES §3): accounts kept, funds, the lines of the journals with
-- what each does to which fund, how costs are shared, months closed, cash counted, the bank's statement compared.
-- What is posted is guarded here as well: no slip above this file can rewrite it.

-- An account whose money the office keeps: a cash box or a bank account, each with a journal of its own.
CREATE TABLE book (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE CHECK (trim(code) <> ''),
  name        TEXT NOT NULL CHECK (trim(name) <> ''),
  kind        TEXT NOT NULL CHECK (kind IN ('现金', '银行')),
  account     TEXT NOT NULL,                       -- account code of the chart (1001, 1002)
  opening     INTEGER NOT NULL DEFAULT 0,          -- fen held when the book was opened
  opened_on   TEXT NOT NULL,
  number      TEXT,                                -- the bank's account number
  bank        TEXT,
  signatories TEXT,                                -- who must sign, as told to the bank (G-6.4.2a)
  cash_limit  INTEGER CHECK (cash_limit >= 0),     -- fen the box may hold; NULL: the rule profile's
  closed_on   TEXT,
  version     INTEGER NOT NULL,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL
) STRICT;

CREATE TABLE fund (
  id          INTEGER PRIMARY KEY,
  code        TEXT NOT NULL UNIQUE CHECK (trim(code) <> ''),
  name        TEXT NOT NULL CHECK (trim(name) <> ''),
  owner       TEXT NOT NULL,                       -- association code
  source      TEXT NOT NULL,
  restriction TEXT NOT NULL CHECK (restriction IN ('限定性', '非限定性')),
  purpose     TEXT,
  accounts    TEXT,                                -- account codes it may pay, joined by ';'; NULL: none named
  shareable   INTEGER NOT NULL DEFAULT 0 CHECK (shareable IN (0, 1)), -- may bear running costs
  valid_from  TEXT NOT NULL,
  valid_to    TEXT,
  grantor     TEXT,
  agreement   TEXT,
  opening     INTEGER NOT NULL DEFAULT 0,          -- fen it had when the books were opened
  closed_on   TEXT,
  version     INTEGER NOT NULL,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL,
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
) STRICT;
CREATE INDEX fund_by_owner ON fund(owner, code, id);

-- How running costs are shared, one row a version (G-6.4.1b).
CREATE TABLE share_rule (
  id          INTEGER PRIMARY KEY,
  no          TEXT NOT NULL UNIQUE CHECK (trim(no) <> ''),
  name        TEXT NOT NULL CHECK (trim(name) <> ''),
  method      TEXT NOT NULL CHECK (method IN ('等额', '协议比例', '人数', '使用量')),
  weights     TEXT NOT NULL,                       -- 'BL:20;DF:18;…', whole numbers, the associations' order
  agreement   TEXT,
  valid_from  TEXT NOT NULL,
  valid_to    TEXT,
  note        TEXT,
  version     INTEGER NOT NULL,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL,
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
) STRICT;

-- A line of a journal. A voucher is one line (leg 1); one that moves money between two books is two (leg 2 is the other
-- book's line); a transfer between funds has no book.
CREATE TABLE journal_entry (
  id             INTEGER PRIMARY KEY,
  no             TEXT NOT NULL UNIQUE,             -- the voucher number; the second leg's has '/2' behind it
  leg            INTEGER NOT NULL DEFAULT 1 CHECK (leg IN (1, 2)),
  kind           TEXT NOT NULL CHECK (kind IN ('现收', '现付', '银收', '银付', '转')),
  period         TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  number         INTEGER NOT NULL CHECK (number > 0),
  book           INTEGER REFERENCES book(id),      -- NULL: a transfer between funds
  cash           INTEGER CHECK (cash IN (0, 1)),   -- the book's kind, so that a journal is one walk along an index
  date           TEXT NOT NULL,
  summary        TEXT NOT NULL CHECK (trim(summary) <> ''),
  account        TEXT,                             -- counter account; NULL when the splits name several
  fund           INTEGER REFERENCES fund(id),      -- NULL when the splits name several
  side           TEXT NOT NULL CHECK (side IN ('收', '付', '转')),
  amount         INTEGER NOT NULL,                 -- fen: what it does to the book (+ in, - out); for '转' what moves
  balance        INTEGER,                          -- fen in the book after it, kept when posted
  seq            INTEGER,                          -- its place in the book, kept when posted, without gaps
  counterparty   TEXT,
  attachments    INTEGER NOT NULL DEFAULT 0 CHECK (attachments >= 0),
  status         TEXT NOT NULL CHECK (status IN ('草稿', '待审核', '已审核', '已过账', '已作废')),
  preparer       TEXT NOT NULL,                    -- operators' names, as signed
  reviewer       TEXT,
  bookkeeper     TEXT,
  cashier        TEXT,
  reversal_of    INTEGER UNIQUE REFERENCES journal_entry(id), -- a line is reversed once
  corrects       INTEGER REFERENCES journal_entry(id),
  rule           INTEGER REFERENCES share_rule(id),
  org            TEXT,                             -- whose business it is
  block          TEXT,                             -- the fund rule it breaks, if it does
  override_reason TEXT,
  override_secretary TEXT,
  override_accountant TEXT,
  void_reason    TEXT,
  alone          INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)), -- reviewed under the small-office switch
  version        INTEGER NOT NULL,
  created_at     TEXT NOT NULL,
  created_by     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  updated_by     TEXT NOT NULL,
  UNIQUE (kind, period, number, leg),
  CHECK ((side = '转') = (book IS NULL)),
  CHECK ((book IS NULL) = (cash IS NULL)),
  CHECK (period = substr(date, 1, 7)),
  CHECK (alone = 1 OR reviewer IS NULL OR reviewer <> preparer)
) STRICT;
CREATE INDEX entry_by_book ON journal_entry(book, date, id, status);
CREATE INDEX entry_by_journal ON journal_entry(cash, date, id) WHERE cash IS NOT NULL;
CREATE INDEX entry_by_date ON journal_entry(date, id, status);
CREATE INDEX entry_by_status ON journal_entry(status, date, id) WHERE status <> '已过账';
CREATE INDEX entry_by_fund ON journal_entry(fund, date, id);
CREATE INDEX entry_in_order ON journal_entry(book, seq) WHERE seq IS NOT NULL;
CREATE INDEX entry_like ON journal_entry(summary, id);
CREATE INDEX entry_overridden ON journal_entry(date, id) WHERE override_reason IS NOT NULL;

-- What a line does to the funds: the amounts of one line sum to the line's, those of a fund transfer to nothing.
CREATE TABLE journal_split (
  entry    INTEGER NOT NULL REFERENCES journal_entry(id),
  position INTEGER NOT NULL CHECK (position > 0),
  fund     INTEGER NOT NULL REFERENCES fund(id),
  org      TEXT NOT NULL,
  account  TEXT NOT NULL,
  amount   INTEGER NOT NULL,                       -- fen, + into the fund, - out of it
  PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX split_by_fund ON journal_split(fund, entry);

-- What has been posted, added up as it is posted, so that a balance costs the same after a million lines.
CREATE TABLE posted_total (
  period  TEXT NOT NULL,
  fund    INTEGER NOT NULL REFERENCES fund(id),
  account TEXT NOT NULL,
  book    INTEGER NOT NULL,                        -- 0: a transfer between funds
  side    TEXT NOT NULL,
  org     TEXT NOT NULL,
  amount  INTEGER NOT NULL,
  lines   INTEGER NOT NULL,
  PRIMARY KEY (period, fund, account, book, side, org)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_period (
  id          INTEGER PRIMARY KEY,
  period      TEXT NOT NULL UNIQUE CHECK (period GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  status      TEXT NOT NULL CHECK (status IN ('开放', '结账')),
  closed_on   TEXT,
  closed_by   TEXT,
  held        INTEGER,                             -- fen in all books at closing
  funds       INTEGER,                             -- fen in all funds at closing: the same, or it is not closed
  reopen_reason    TEXT,
  reopen_secretary TEXT,
  reopen_accountant TEXT,
  version     INTEGER NOT NULL,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL,
  CHECK (status = '开放' OR held = funds)
) STRICT;

-- The guards. Deleting and replacing are refused for every line, changing for a posted one.
CREATE TRIGGER entry_no_delete BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'journal: a line is voided or reversed, never deleted'); END;
CREATE TRIGGER entry_no_replace BEFORE INSERT ON journal_entry
WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id OR no = NEW.no
             OR (kind = NEW.kind AND period = NEW.period AND number = NEW.number AND leg = NEW.leg)
             OR reversal_of = NEW.reversal_of)
BEGIN SELECT RAISE(ABORT, 'journal: this line is written already'); END;
CREATE TRIGGER entry_starts_unposted BEFORE INSERT ON journal_entry
WHEN NEW.status = '已过账' OR NEW.seq IS NOT NULL OR NEW.balance IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'journal: a line is posted after it is written'); END;
CREATE TRIGGER entry_without_gap BEFORE INSERT ON journal_entry
WHEN NEW.leg = 1 AND NEW.number <> 1
 AND NOT EXISTS (SELECT 1 FROM journal_entry
                 WHERE kind = NEW.kind AND period = NEW.period AND number = NEW.number - 1 AND leg = 1)
BEGIN SELECT RAISE(ABORT, 'journal: voucher numbers leave no gap'); END;
CREATE TRIGGER entry_in_open_period BEFORE INSERT ON journal_entry
WHEN EXISTS (SELECT 1 FROM journal_period WHERE period = NEW.period AND status = '结账')
BEGIN SELECT RAISE(ABORT, 'journal: the period is closed'); END;
CREATE TRIGGER entry_posted_stays BEFORE UPDATE ON journal_entry
WHEN OLD.status = '已过账'
BEGIN SELECT RAISE(ABORT, 'journal: a posted line is never changed'); END;
CREATE TRIGGER entry_number_stays BEFORE UPDATE ON journal_entry
WHEN NEW.id IS NOT OLD.id OR NEW.no IS NOT OLD.no OR NEW.kind IS NOT OLD.kind OR NEW.period IS NOT OLD.period
  OR NEW.number IS NOT OLD.number OR NEW.leg IS NOT OLD.leg OR (NEW.reversal_of IS NOT OLD.reversal_of AND NEW.status <> '已作废')
BEGIN SELECT RAISE(ABORT, 'journal: a voucher keeps its number'); END;
CREATE TRIGGER entry_closed_stays BEFORE UPDATE ON journal_entry
WHEN EXISTS (SELECT 1 FROM journal_period WHERE period = OLD.period AND status = '结账')
BEGIN SELECT RAISE(ABORT, 'journal: the period is closed'); END;
CREATE TRIGGER entry_posting BEFORE UPDATE ON journal_entry
WHEN NEW.status = '已过账'
BEGIN
  SELECT RAISE(ABORT, 'journal: posted by nobody, or not reviewed')
  WHERE OLD.status <> '已审核' OR NEW.reviewer IS NULL OR NEW.bookkeeper IS NULL;
  SELECT RAISE(ABORT, 'journal: the splits do not sum to the line')
  WHERE (SELECT coalesce(sum(amount), 0) FROM journal_split WHERE entry = NEW.id)
        <> CASE WHEN NEW.side = '转' THEN 0 ELSE NEW.amount END;
  SELECT RAISE(ABORT, 'journal: a line without a fund')
  WHERE NOT EXISTS (SELECT 1 FROM journal_split WHERE entry = NEW.id);
  SELECT RAISE(ABORT, 'journal: the book goes on where it ended')
  WHERE NEW.book IS NOT NULL
    AND (NEW.seq IS NULL OR NEW.balance IS NULL
         OR NEW.seq <> 1 + coalesce((SELECT max(seq) FROM journal_entry WHERE book = NEW.book AND seq IS NOT NULL), 0)
         OR NEW.balance <> NEW.amount + coalesce(
              (SELECT balance FROM journal_entry WHERE book = NEW.book AND seq = NEW.seq - 1),
              (SELECT opening FROM book WHERE id = NEW.book))
         OR NEW.date < coalesce(
              (SELECT date FROM journal_entry WHERE book = NEW.book AND seq = NEW.seq - 1), NEW.date));
END;
CREATE TRIGGER entry_posted AFTER UPDATE ON journal_entry
WHEN NEW.status = '已过账'
BEGIN
  INSERT INTO posted_total (period, fund, account, book, side, org, amount, lines)
  SELECT NEW.period, fund, account, coalesce(NEW.book, 0), NEW.side, org, sum(amount), count(*)
  FROM journal_split WHERE entry = NEW.id GROUP BY fund, account, org
  ON CONFLICT (period, fund, account, book, side, org)
  DO UPDATE SET amount = amount + excluded.amount, lines = lines + excluded.lines;
END;

CREATE TRIGGER split_no_replace BEFORE INSERT ON journal_split
WHEN EXISTS (SELECT 1 FROM journal_split WHERE entry = NEW.entry AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'journal: this split is written already'); END;
CREATE TRIGGER split_no_late_insert BEFORE INSERT ON journal_split
WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.entry AND status = '已过账')
BEGIN SELECT RAISE(ABORT, 'journal: a posted line is never changed'); END;
CREATE TRIGGER split_no_late_update BEFORE UPDATE ON journal_split
WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id IN (OLD.entry, NEW.entry) AND status = '已过账')
BEGIN SELECT RAISE(ABORT, 'journal: a posted line is never changed'); END;
CREATE TRIGGER split_no_late_delete BEFORE DELETE ON journal_split
WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = OLD.entry AND status = '已过账')
BEGIN SELECT RAISE(ABORT, 'journal: a posted line is never changed'); END;

-- A book or fund that has been used keeps the sum it began with.
CREATE TRIGGER book_opening_stays BEFORE UPDATE ON book
WHEN NEW.opening <> OLD.opening AND EXISTS (SELECT 1 FROM journal_entry WHERE book = OLD.id AND seq IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'journal: the opening balance is in the book'); END;
CREATE TRIGGER fund_opening_stays BEFORE UPDATE ON fund
WHEN NEW.opening <> OLD.opening AND EXISTS (SELECT 1 FROM posted_total WHERE fund = OLD.id)
BEGIN SELECT RAISE(ABORT, 'journal: the opening balance is in the book'); END;
CREATE TRIGGER book_no_delete BEFORE DELETE ON book
BEGIN SELECT RAISE(ABORT, 'journal: a book is closed, never deleted'); END;
CREATE TRIGGER fund_no_delete BEFORE DELETE ON fund
BEGIN SELECT RAISE(ABORT, 'journal: a fund is closed, never deleted'); END;
