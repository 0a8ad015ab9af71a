-- One registered matter (G-6.5.1): its way through the office (SM-20), the people it is about, the part of every
-- association in a coordinated one (G-6.5.2), and everything that was done about it.

CREATE TABLE case_record (
  id              INTEGER PRIMARY KEY,
  no              TEXT NOT NULL UNIQUE CHECK (no <> ''),
  received_at     TEXT NOT NULL,
  channel         TEXT NOT NULL CHECK (channel IN
                  ('窗口', '电话', '来信', '网络', '12345转办', '12385转办', '社区上报', '入户', '主动摸排')),
  client          INTEGER REFERENCES client(id),       -- NULL: nobody needs to say who they are to ask
  reporter        TEXT,
  matter          TEXT NOT NULL CHECK (matter IN ('诉求', '政策咨询', '权益帮扶', '困难摸排', '专项服务', '其他')),
  content         TEXT NOT NULL CHECK (trim(content) <> ''),
  urgency         TEXT NOT NULL DEFAULT '普通' CHECK (urgency IN ('普通', '急', '特急')),
  function_tag    TEXT CHECK (function_tag IN ('代表', '服务', '维权', '监督')),
  lead_org        TEXT,                                -- NULL: not routed
  co_orgs         TEXT,                                -- joined by ';', the sub-records are in case_org
  route_reason    TEXT,                                -- why the proposal was not followed
  handler         TEXT,
  due             TEXT NOT NULL,
  due_reason      TEXT,
  next_on         TEXT,                                -- when to look at it again
  status          TEXT NOT NULL CHECK (status IN
                  ('已登记', '已分类', '待分流', '已分流', '已接办', '办理中', '待补充', '协同办理', '已转介',
                   '已办结', '已回访', '已归档', '不予受理', '已撤回')),
  result          TEXT,
  wish            TEXT,
  told_on         TEXT,
  satisfaction    TEXT CHECK (satisfaction IN ('非常满意', '满意', '基本满意', '不满意', '无法回访')),
  visits_count    INTEGER NOT NULL DEFAULT 1 CHECK (visits_count >= 0),
  handled_at_once INTEGER NOT NULL DEFAULT 0 CHECK (handled_at_once IN (0, 1)),
  returned_count  INTEGER NOT NULL DEFAULT 0 CHECK (returned_count >= 0),
  closed_on       TEXT,
  registrar       TEXT,
  open            INTEGER NOT NULL GENERATED ALWAYS AS
                  (status NOT IN ('已办结', '已回访', '已归档', '不予受理', '已撤回')) STORED,
  version         INTEGER NOT NULL,
  created_at      TEXT NOT NULL,
  created_by      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  updated_by      TEXT NOT NULL
) STRICT;
-- What the queue asks of a case is in the index itself, so that counting it reads no record.
CREATE INDEX case_by_open ON case_record(open, due, id, lead_org, status);
CREATE INDEX case_by_status ON case_record(status, due, id);
CREATE INDEX case_by_lead ON case_record(lead_org, open, due, id);
CREATE INDEX case_by_handler ON case_record(handler, open, due, id);
CREATE INDEX case_by_received ON case_record(received_at, id);
CREATE INDEX case_by_client ON case_record(client, received_at);
CREATE INDEX case_by_closed ON case_record(closed_on, id, open) WHERE closed_on IS NOT NULL;
CREATE INDEX case_by_next ON case_record(next_on, id) WHERE next_on IS NOT NULL AND open = 1;

-- Further people a case is about; the first one is case_record.client and is here too.
CREATE TABLE case_client (
  case_id   INTEGER NOT NULL REFERENCES case_record(id),
  client_id INTEGER NOT NULL REFERENCES client(id),
  PRIMARY KEY (case_id, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_client_by_client ON case_client(client_id, case_id);

-- The part of one association in a coordinated case.
CREATE TABLE case_org (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES case_record(id),
  org         TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('待接办', '办理中', '已反馈', '退回', '已撤出')),
  assigned_on TEXT NOT NULL,
  accepted_on TEXT,
  reported_on TEXT,
  result      TEXT,
  version     INTEGER NOT NULL,
  created_at  TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  updated_by  TEXT NOT NULL,
  UNIQUE (case_id, org),
  CHECK (state <> '已反馈' OR result IS NOT NULL)
) STRICT;
CREATE INDEX case_org_by_org ON case_org(org, state, case_id);

-- What was done: every change of state and every note, never altered.
CREATE TABLE case_step (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES case_record(id),
  at          TEXT NOT NULL,
  who         TEXT NOT NULL,
  org         TEXT,
  action      TEXT NOT NULL,
  from_status TEXT,
  to_status   TEXT NOT NULL,
  note        TEXT
) STRICT;
CREATE INDEX case_step_by_case ON case_step(case_id, id);
CREATE TRIGGER case_step_no_update BEFORE UPDATE ON case_step
BEGIN SELECT RAISE(ABORT, 'case_step: append only'); END;
CREATE TRIGGER case_step_no_delete BEFORE DELETE ON case_step
BEGIN SELECT RAISE(ABORT, 'case_step: append only'); END;

-- Passed on to a unit outside, and what came of it.
CREATE TABLE referral (
  id          INTEGER PRIMARY KEY,
  case_id     INTEGER NOT NULL REFERENCES case_record(id),
  unit        TEXT NOT NULL CHECK (trim(unit) <> ''),
  reason      TEXT NOT NULL CHECK (trim(reason) <> ''),
  referred_on TEXT NOT NULL,
  consent     TEXT NOT NULL CHECK (trim(consent) <> ''),
  result_on   TEXT,
  result      TEXT
) STRICT;
CREATE INDEX referral_by_case ON referral(case_id);
