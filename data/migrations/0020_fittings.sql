-- What hangs and stands in the premises: signs with the forms in which they can be read (G-6.1.2), and what has an expiry
-- (extinguishers, first aid, G-6.1.4). What was written of a zone's signs becomes its first sign.

CREATE TABLE sign (
  id           INTEGER PRIMARY KEY,
  no           TEXT NOT NULL UNIQUE CHECK (trim(no) <> ''),
  zone         INTEGER NOT NULL REFERENCES zone(id),
  text         TEXT NOT NULL CHECK (trim(text) <> ''),
  forms        TEXT,                                  -- braille, pictogram, raised letters, speech, joined by ';'
  installed_on TEXT,
  state        TEXT NOT NULL CHECK (state IN ('完好', '破损', '缺失')),
  checked_on   TEXT,
  removed_on   TEXT,
  remark       TEXT,
  version      INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL
) STRICT;
CREATE INDEX sign_by_zone ON sign(zone, id) WHERE removed_on IS NULL;
CREATE INDEX sign_by_state ON sign(state, zone, id) WHERE removed_on IS NULL;

INSERT INTO sign (no, zone, text, state, version, created_at, created_by, updated_at, updated_by)
  SELECT 'BP-' || substr('00' || row_number() OVER (ORDER BY code), -3), id, signs, coalesce(signs_state, '完好'), 1,
         updated_at, updated_by, updated_at, updated_by
  FROM zone WHERE trim(signs) <> '';
INSERT INTO sequence (name, year, last) SELECT 'BP', 0, count(*) FROM sign HAVING count(*) > 0;
ALTER TABLE zone DROP COLUMN signs;
ALTER TABLE zone DROP COLUMN signs_state;

CREATE TABLE equipment (
  id           INTEGER PRIMARY KEY,
  no           TEXT NOT NULL UNIQUE CHECK (trim(no) <> ''),
  kind         TEXT NOT NULL CHECK (kind IN ('灭火器', '消火栓', '应急灯', '烟感', '急救箱', '疏散器具', '其他')),
  zone         INTEGER REFERENCES zone(id),
  spec         TEXT,                                  -- size, model, number on it
  installed_on TEXT,
  checked_on   TEXT,
  expires_on   TEXT CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  retired_on   TEXT,
  remark       TEXT,
  version      INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL
) STRICT;
CREATE INDEX equipment_by_expiry ON equipment(expires_on, id) WHERE retired_on IS NULL;
CREATE INDEX equipment_by_zone ON equipment(zone, id) WHERE retired_on IS NULL;

CREATE TRIGGER sign_kept BEFORE DELETE ON sign BEGIN
  SELECT raise(ABORT, 'sign-kept');
END;
CREATE TRIGGER equipment_kept BEFORE DELETE ON equipment BEGIN
  SELECT raise(ABORT, 'equipment-kept');
END;
