-- Whoever is erased is erased wherever somebody wrote of them: in another's case, in a reason, in what the audit keeps of it.
-- A value then gives way to one that is the same with a mark in it, and is shorter without the mark than it was; nothing else
-- does, and nothing at all before somebody has been erased. The seal over the changed row stands later in the chain.

DROP TRIGGER audit_change_no_update;
CREATE TRIGGER audit_change_no_update BEFORE UPDATE ON audit_change
WHEN NOT (NEW.audit_seq = OLD.audit_seq AND NEW.position = OLD.position AND NEW.field = OLD.field
  AND (NEW.old IS OLD.old OR (OLD.old IS NOT NULL AND instr(NEW.old, '***') > 0
    AND length(replace(NEW.old, '***', '')) < length(OLD.old)))
  AND (NEW.new IS OLD.new OR (OLD.new IS NOT NULL AND instr(NEW.new, '***') > 0
    AND length(replace(NEW.new, '***', '')) < length(OLD.new)))
  AND EXISTS (SELECT 1 FROM client c WHERE c.erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;

DROP TRIGGER audit_no_update;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
WHEN NOT (NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.operator = OLD.operator AND NEW.terminal = OLD.terminal
  AND NEW.subject = OLD.subject AND NEW.record_id IS OLD.record_id AND NEW.ref IS OLD.ref AND NEW.action = OLD.action
  AND NEW.prev_hash = OLD.prev_hash AND NEW.hash = OLD.hash
  AND OLD.reason IS NOT NULL AND instr(NEW.reason, '***') > 0
  AND length(replace(NEW.reason, '***', '')) < length(OLD.reason)
  AND EXISTS (SELECT 1 FROM client c WHERE c.erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'audit: append only'); END;

DROP TRIGGER access_log_no_update;
CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log
WHEN NOT (NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.operator = OLD.operator AND NEW.terminal = OLD.terminal
  AND NEW.subject = OLD.subject AND NEW.record_id = OLD.record_id AND NEW.field = OLD.field
  AND instr(NEW.purpose, '***') > 0 AND length(replace(NEW.purpose, '***', '')) < length(OLD.purpose)
  AND EXISTS (SELECT 1 FROM client c WHERE c.erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'access_log: append only'); END;

DROP TRIGGER case_step_no_update;
CREATE TRIGGER case_step_no_update BEFORE UPDATE ON case_step
WHEN NOT (NEW.id = OLD.id AND NEW.case_id = OLD.case_id AND NEW.at = OLD.at AND NEW.who = OLD.who AND NEW.org IS OLD.org
  AND NEW.action = OLD.action AND NEW.from_status IS OLD.from_status AND NEW.to_status = OLD.to_status
  AND instr(NEW.note, '***') > 0 AND length(replace(NEW.note, '***', '')) < length(OLD.note)
  AND EXISTS (SELECT 1 FROM client c WHERE c.erased_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'case_step: append only'); END;
