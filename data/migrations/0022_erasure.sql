-- What is past its time is taken out of a person's file, by two people and never by itself (RULES §5.2, §5.3 i). What is
-- counted stays: sex, category, level, place, the year of birth, the cases. So does the chain of the audit: a value in it may
-- be replaced by a mark, and only for a person whose file was erased; the seal over the row as it then reads stands in a later
-- row of the same chain.

ALTER TABLE client ADD COLUMN erase_asked_on TEXT;
ALTER TABLE client ADD COLUMN erase_asked_by TEXT;
ALTER TABLE client ADD COLUMN erase_reason TEXT;
ALTER TABLE client ADD COLUMN erased_on TEXT CHECK (erased_on IS NULL OR voided_on IS NOT NULL);

-- Each list is a walk along one of these.
CREATE INDEX client_by_rest ON client(ifnull(last_verified_on,''), id, created_at, erased_on)
  WHERE erased_on IS NULL;
CREATE INDEX client_by_erasing ON client(erase_asked_on, id, erased_on)
  WHERE erase_asked_on IS NOT NULL AND erased_on IS NULL;
CREATE INDEX access_log_by_day ON access_log(at);
CREATE INDEX draft_by_day ON draft(updated_at);

-- Erased is erased: nothing personal comes back into such a file.
CREATE TRIGGER client_stays_erased BEFORE UPDATE ON client
WHEN OLD.erased_on IS NOT NULL AND (NEW.erased_on IS NOT OLD.erased_on OR NEW.name IS NOT OLD.name
  OR NEW.resident_id IS NOT NULL OR NEW.certificate IS NOT NULL OR NEW.phone IS NOT NULL OR NEW.address IS NOT NULL
  OR NEW.guardian_name IS NOT NULL OR NEW.guardian_phone IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'client: erased'); END;

-- A mark in the place of a value, and nothing else.
DROP TRIGGER audit_change_no_update;
CREATE TRIGGER audit_change_no_update BEFORE UPDATE ON audit_change
WHEN NOT (NEW.audit_seq = OLD.audit_seq AND NEW.position = OLD.position AND NEW.field = OLD.field
  AND (NEW.old IS OLD.old OR (OLD.old IS NOT NULL AND instr(NEW.old, '***') > 0))
  AND (NEW.new IS OLD.new OR (OLD.new IS NOT NULL AND instr(NEW.new, '***') > 0))
  AND EXISTS (SELECT 1 FROM audit a WHERE a.seq = OLD.audit_seq AND (
    (a.subject = 'people' AND EXISTS (SELECT 1 FROM client c WHERE c.id = a.record_id AND c.erased_on IS NOT NULL))
    OR (a.subject = 'cases' AND EXISTS (SELECT 1 FROM case_client l JOIN client c ON c.id = l.client_id
        WHERE l.case_id = a.record_id AND c.erased_on IS NOT NULL)))))
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;

DROP TRIGGER case_step_no_update;
CREATE TRIGGER case_step_no_update BEFORE UPDATE ON case_step
WHEN NOT (NEW.id = OLD.id AND NEW.case_id = OLD.case_id AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.org IS OLD.org
  AND NEW.action = OLD.action AND NEW.from_status IS OLD.from_status AND NEW.to_status = OLD.to_status
  AND instr(NEW.note, '***') > 0
  AND EXISTS (SELECT 1 FROM case_client l JOIN client c ON c.id = l.client_id
      WHERE l.case_id = OLD.case_id AND c.erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'case_step: append only'); END;
