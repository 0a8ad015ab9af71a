-- What finding people asks of everybody at every key, kept where it changes instead of being added up each time: since when
-- somebody is trained, and what each association's people have done for the others, by day.

-- The first day on which they came to a session; only the triggers below write it.
ALTER TABLE staff ADD COLUMN trained_on TEXT;
UPDATE staff SET trained_on = (
  SELECT min(s.held_on) FROM attendance AS a JOIN training_session AS s ON s.id = a.session
  WHERE a.person = staff.id AND a.status = '已到');

-- All that a search over everybody looks at.
CREATE INDEX staff_pool ON staff(state, org, kind, availability, joined_on, left_on, trained_on);

CREATE TRIGGER attendance_trains_new AFTER INSERT ON attendance WHEN NEW.status = '已到' BEGIN
  UPDATE staff SET trained_on = (
    SELECT min(s.held_on) FROM attendance AS a JOIN training_session AS s ON s.id = a.session
    WHERE a.person = NEW.person AND a.status = '已到') WHERE id = NEW.person;
END;
CREATE TRIGGER attendance_trains_changed AFTER UPDATE OF status, session, person ON attendance BEGIN
  UPDATE staff SET trained_on = (
    SELECT min(s.held_on) FROM attendance AS a JOIN training_session AS s ON s.id = a.session
    WHERE a.person = staff.id AND a.status = '已到') WHERE id IN (OLD.person, NEW.person);
END;
CREATE TRIGGER training_trains_moved AFTER UPDATE OF held_on ON training_session WHEN NEW.held_on <> OLD.held_on BEGIN
  UPDATE staff SET trained_on = (
    SELECT min(s.held_on) FROM attendance AS a JOIN training_session AS s ON s.id = a.session
    WHERE a.person = staff.id AND a.status = '已到')
  WHERE id IN (SELECT person FROM attendance WHERE session = NEW.id AND status = '已到');
END;

-- Minutes that people of one association have for another one, by the day on which they begin (days since 1970-01-01).
CREATE TABLE staff_lent (
  day     INTEGER NOT NULL,
  home    TEXT NOT NULL,                           -- association code of the people
  org     TEXT NOT NULL,                           -- for which association
  minutes INTEGER NOT NULL CHECK (minutes >= 0),
  PRIMARY KEY (day, home, org),
  CHECK (home <> org)
) STRICT, WITHOUT ROWID;
INSERT INTO staff_lent (day, home, org, minutes)
  SELECT s.start_min / 1440, p.org, s.org, sum(s.end_min - s.start_min)
  FROM shift AS s JOIN staff AS p ON p.id = s.staff WHERE s.holds = 1 AND s.org <> p.org GROUP BY 1, 2, 3;

CREATE TRIGGER shift_lends_new AFTER INSERT ON shift WHEN NEW.holds = 1 BEGIN
  INSERT INTO staff_lent (day, home, org, minutes)
    SELECT NEW.start_min / 1440, org, NEW.org, NEW.end_min - NEW.start_min FROM staff
    WHERE id = NEW.staff AND org <> NEW.org
    ON CONFLICT (day, home, org) DO UPDATE SET minutes = minutes + excluded.minutes;
END;
CREATE TRIGGER shift_lends_changed AFTER UPDATE OF staff, org, starts_at, ends_at, status ON shift BEGIN
  UPDATE staff_lent SET minutes = minutes - (OLD.end_min - OLD.start_min)
    WHERE OLD.holds = 1 AND day = OLD.start_min / 1440 AND org = OLD.org
      AND home = (SELECT org FROM staff WHERE id = OLD.staff);
  INSERT INTO staff_lent (day, home, org, minutes)
    SELECT NEW.start_min / 1440, org, NEW.org, NEW.end_min - NEW.start_min FROM staff
    WHERE NEW.holds = 1 AND id = NEW.staff AND org <> NEW.org
    ON CONFLICT (day, home, org) DO UPDATE SET minutes = minutes + excluded.minutes;
END;
-- Whoever changes their association takes what they did with them.
CREATE TRIGGER staff_lends_moved AFTER UPDATE OF org ON staff WHEN NEW.org <> OLD.org BEGIN
  UPDATE staff_lent SET minutes = minutes - coalesce((
      SELECT sum(s.end_min - s.start_min) FROM shift AS s
      WHERE s.staff = NEW.id AND s.holds = 1 AND s.org = staff_lent.org
        AND s.start_min >= staff_lent.day * 1440 AND s.start_min < staff_lent.day * 1440 + 1440), 0)
    WHERE home = OLD.org AND day IN (SELECT start_min / 1440 FROM shift WHERE staff = NEW.id AND holds = 1);
  INSERT INTO staff_lent (day, home, org, minutes)
    SELECT start_min / 1440, NEW.org, org, sum(end_min - start_min) FROM shift
    WHERE staff = NEW.id AND holds = 1 AND org <> NEW.org GROUP BY 1, 3
    ON CONFLICT (day, home, org) DO UPDATE SET minutes = minutes + excluded.minutes;
END;

-- How often somebody was with an association is asked of one person at a time.
DROP INDEX shift_by_org;
CREATE INDEX shift_for ON shift(org, staff, start_min) WHERE holds = 1;
