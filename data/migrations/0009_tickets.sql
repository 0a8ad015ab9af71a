-- Repairs (SM-07, G-6.1.4, G-6.2.3b): what is broken, who said so, who mends it, what it cost. What is broken is always said in
-- words; where it is, in a zone. Nothing is deleted: a ticket made by mistake is withdrawn.

CREATE TABLE work_ticket (
  id             INTEGER PRIMARY KEY,
  no             TEXT NOT NULL UNIQUE CHECK (trim(no) <> ''),
  zone           INTEGER REFERENCES zone(id),      -- NULL: nowhere in particular
  object         TEXT NOT NULL CHECK (trim(object) <> ''),
  fault          TEXT NOT NULL CHECK (trim(fault) <> ''),
  priority       TEXT NOT NULL CHECK (priority IN ('普通', '紧急', '危险')),
  reporter       TEXT NOT NULL CHECK (trim(reporter) <> ''),
  reported_on    TEXT NOT NULL CHECK (reported_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  due_on         TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  status         TEXT NOT NULL CHECK (status IN
                   ('报修', '受理', '处理中', '待验收', '已完成', '报废建议', '已撤回')),
  vendor         TEXT,                             -- who mends it
  result         TEXT,                             -- what was done
  parts          TEXT,
  cost           INTEGER CHECK (cost >= 0),        -- fen
  finished_on    TEXT,
  warranty_until TEXT,
  verifier       TEXT,                             -- who found it in order
  remark         TEXT,                             -- why it is beyond repair, done again, withdrawn
  photo          TEXT,                             -- where the picture lies
  version        INTEGER NOT NULL,
  created_at     TEXT NOT NULL,
  created_by     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  updated_by     TEXT NOT NULL,
  open           INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('报修', '受理', '处理中', '待验收')) STORED,
  CHECK (status NOT IN ('处理中', '待验收', '已完成') OR vendor IS NOT NULL),
  CHECK (status NOT IN ('待验收', '已完成') OR (result IS NOT NULL AND finished_on IS NOT NULL)),
  CHECK (status NOT IN ('报废建议', '已撤回') OR remark IS NOT NULL)
) STRICT;
CREATE INDEX ticket_by_due ON work_ticket(due_on, id) WHERE open = 1;
CREATE INDEX ticket_by_status ON work_ticket(status, due_on, id);
CREATE INDEX ticket_by_day ON work_ticket(reported_on, id);
CREATE INDEX ticket_by_zone ON work_ticket(zone, object);
CREATE INDEX ticket_by_vendor ON work_ticket(vendor, finished_on) WHERE vendor IS NOT NULL;

CREATE TRIGGER ticket_kept BEFORE DELETE ON work_ticket BEGIN
  SELECT raise(ABORT, 'ticket-kept');
END;
