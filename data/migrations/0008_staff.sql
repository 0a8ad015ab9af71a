-- The people who work here, paid or not (G-6.3.1, N-2.2): who they are, what they can do, when they come. Posts, training and
-- what they are asked to do refer to this table.

CREATE TABLE staff (
  id                 INTEGER PRIMARY KEY,
  code               TEXT NOT NULL UNIQUE CHECK (trim(code) <> '' AND code = upper(code)),
  name               TEXT NOT NULL CHECK (trim(name) <> ''),
  sex                TEXT CHECK (sex IN ('男', '女')),
  birth              TEXT,
  resident_id        TEXT UNIQUE,
  phone              TEXT,
  kind               TEXT NOT NULL CHECK (kind IN
                       ('专职', '兼职', '志愿者', '助残社工', '专业服务人员', '顾问', '专职委员', '网格员')),
  org                TEXT NOT NULL,                  -- home association; managed by the secretariat all the same
  channel            TEXT CHECK (channel IN ('社会招聘', '公益性岗位', '购买服务岗位', '挂职锻炼', '聘用专职委员')),
  role               TEXT,                           -- what they are called; posts are appointments of their own
  skills             TEXT,                           -- joined by ';'; level and certificate stand in staff_skill
  languages          TEXT,                           -- joined by ';'
  own_disability     TEXT,                           -- categories joined by ';'
  accommodation      TEXT,                           -- what they need themselves
  availability       TEXT,                           -- as typed: '周一至周五 08:30-17:00'
  volunteer_no       TEXT UNIQUE,
  contract_until     TEXT,
  insurance_until    TEXT,
  emergency_name     TEXT,
  emergency_phone    TEXT,
  emergency_relation TEXT,
  note               TEXT,
  joined_on          TEXT,
  left_on            TEXT,
  left_reason        TEXT,
  state              TEXT NOT NULL DEFAULT '在岗' CHECK (state IN ('在岗', '离岗')),
  version            INTEGER NOT NULL,
  created_at         TEXT NOT NULL,
  created_by         TEXT NOT NULL,
  updated_at         TEXT NOT NULL,
  updated_by         TEXT NOT NULL,
  CHECK ((state = '离岗') = (left_on IS NOT NULL)),
  CHECK (left_on IS NULL OR joined_on IS NULL OR left_on >= joined_on)
) STRICT;
CREATE INDEX staff_by_state ON staff(state, code, id);
CREATE INDEX staff_by_kind ON staff(kind, code, id) WHERE state = '在岗';
CREATE INDEX staff_by_org ON staff(org, code, id) WHERE state = '在岗';
CREATE INDEX staff_by_contract ON staff(contract_until, id) WHERE state = '在岗' AND contract_until IS NOT NULL;
CREATE INDEX staff_by_insurance ON staff(insurance_until, id) WHERE state = '在岗' AND insurance_until IS NOT NULL;

-- What someone can do, a row each: skills and languages, so that who can is asked of an index.
CREATE TABLE staff_skill (
  staff       INTEGER NOT NULL REFERENCES staff(id),
  skill       TEXT NOT NULL CHECK (trim(skill) <> ''),
  level       TEXT CHECK (level IN ('初级', '中级', '高级')),
  certificate TEXT,                                   -- its number
  issued_on   TEXT,
  expires_on  TEXT,
  PRIMARY KEY (skill, staff)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_skill_of ON staff_skill(staff, skill);
CREATE INDEX staff_skill_expiring ON staff_skill(expires_on, staff) WHERE expires_on IS NOT NULL;

CREATE TRIGGER staff_kept BEFORE DELETE ON staff BEGIN
  SELECT raise(ABORT, 'staff-kept');
END;
