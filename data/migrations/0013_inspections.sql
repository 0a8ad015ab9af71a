-- Rounds of the premises (G-6.1.4): what was looked at, how it was found, which ticket it became. What was found is not changed
-- afterwards: a round made by mistake is voided and made again.

CREATE TABLE inspection_round (
  id           INTEGER PRIMARY KEY,
  no           TEXT NOT NULL UNIQUE CHECK (trim(no) <> ''),
  kind         TEXT NOT NULL CHECK (kind IN ('卫生', '无障碍', '水电', '消防')),
  inspected_on TEXT NOT NULL CHECK (inspected_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  inspector    TEXT NOT NULL CHECK (trim(inspector) <> ''),
  abnormal     INTEGER NOT NULL CHECK (abnormal >= 0),  -- items found not in order
  findings     TEXT,                                    -- what they are, in words, to be found by
  remark       TEXT,
  photo        TEXT,                                    -- where the picture lies
  voided       TEXT,                                    -- why it does not count
  version      INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL
) STRICT;
CREATE INDEX round_by_day ON inspection_round(inspected_on, id);
CREATE INDEX round_by_kind ON inspection_round(kind, inspected_on) WHERE voided IS NULL;

CREATE TABLE inspection_item (
  round    INTEGER NOT NULL REFERENCES inspection_round(id),
  position INTEGER NOT NULL CHECK (position > 0),
  item     TEXT NOT NULL CHECK (trim(item) <> ''),
  result   TEXT NOT NULL CHECK (result IN ('正常', '异常', '不适用')),
  note     TEXT,
  zone     INTEGER REFERENCES zone(id),
  ticket   INTEGER REFERENCES work_ticket(id),
  PRIMARY KEY (round, position),
  CHECK (result <> '异常' OR (note IS NOT NULL AND ticket IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_ticket ON inspection_item(ticket) WHERE ticket IS NOT NULL;

CREATE TRIGGER inspection_round_kept BEFORE DELETE ON inspection_round BEGIN
  SELECT raise(ABORT, 'inspection-kept');
END;
CREATE TRIGGER inspection_item_kept BEFORE DELETE ON inspection_item BEGIN
  SELECT raise(ABORT, 'inspection-kept');
END;
CREATE TRIGGER inspection_item_fixed BEFORE UPDATE ON inspection_item BEGIN
  SELECT raise(ABORT, 'inspection-kept');
END;
