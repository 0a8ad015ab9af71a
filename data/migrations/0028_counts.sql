-- How many assets there are of which kind: kept as cards come and change, because to count a million of them at every page of
-- their lists would make everybody wait. What the first pages say of clients is kept so already; the table of that is given a
-- name of its own, for a tally is also a line of a stocktake.

ALTER TABLE tally RENAME TO kept_count;

CREATE TABLE asset_count (
  owner  TEXT NOT NULL,
  status TEXT NOT NULL,
  void   INTEGER NOT NULL,
  placed INTEGER NOT NULL,                         -- it has a place
  n      INTEGER NOT NULL CHECK (n >= 0),
  PRIMARY KEY (owner, status, void, placed)
) STRICT, WITHOUT ROWID;

INSERT INTO asset_count (owner, status, void, placed, n)
  SELECT owner, status, void, place IS NOT NULL, count(*) FROM asset GROUP BY 1, 2, 3, 4;

CREATE TRIGGER asset_count_new AFTER INSERT ON asset BEGIN
  INSERT INTO asset_count (owner, status, void, placed, n)
    VALUES (NEW.owner, NEW.status, NEW.void, NEW.place IS NOT NULL, 1)
    ON CONFLICT (owner, status, void, placed) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER asset_count_changed AFTER UPDATE OF owner, status, void, place ON asset BEGIN
  UPDATE asset_count SET n = n - 1
    WHERE owner = OLD.owner AND status = OLD.status AND void = OLD.void AND placed = (OLD.place IS NOT NULL);
  INSERT INTO asset_count (owner, status, void, placed, n)
    VALUES (NEW.owner, NEW.status, NEW.void, NEW.place IS NOT NULL, 1)
    ON CONFLICT (owner, status, void, placed) DO UPDATE SET n = n + 1;
END;

-- How far a stocktake is, and what somebody counted last, is asked after every answer.
CREATE INDEX stocktake_line_progress ON stocktake_line(stocktake, void, result, expected);
DROP INDEX stocktake_line_by_counter;
CREATE INDEX stocktake_line_by_counter ON stocktake_line(stocktake, counted_by, counted_seq) WHERE counted_by IS NOT NULL;

-- The word that it is broken took the asset out of use at once: it came back damaged, or a count found it so. Such a ticket has
-- the asset before anybody has taken it on, and gives it back when it is withdrawn.
ALTER TABLE work_ticket ADD COLUMN taken_out INTEGER NOT NULL DEFAULT 0 CHECK (taken_out IN (0, 1));

-- The ledger of an owner, with what has left it.
CREATE INDEX asset_by_every_owner ON asset(owner, no, id) WHERE void = 0;
