-- The people the office serves (SPEC App. E), and what they agreed to. A certificate is never required (L-3).
-- Words of closed sets are kept as the office says them; an empty value is NULL, never ''.

CREATE TABLE client (
  id                 INTEGER PRIMARY KEY,
  code               TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name               TEXT NOT NULL CHECK (trim(name) <> ''),
  sex                TEXT CHECK (sex IN ('男', '女')),
  birth              TEXT CHECK (birth GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  resident_id        TEXT CHECK (resident_id <> ''),
  certificate        TEXT CHECK (certificate <> ''),
  cert_status        TEXT NOT NULL DEFAULT '未持证'
                     CHECK (cert_status IN ('持证', '办理中', '过期', '注销', '未持证')),
  category           TEXT CHECK (category IN ('视力', '听力', '言语', '肢体', '智力', '精神', '多重')),
  level              TEXT CHECK (level IN ('一级', '二级', '三级', '四级')),
  components         TEXT,                 -- several categories joined by ';', for 多重
  autism_flag        INTEGER CHECK (autism_flag IN (0, 1)),   -- NULL: never asked
  cert_issued        TEXT,
  cert_expiry        TEXT,
  phone              TEXT,
  township           TEXT,
  community          TEXT,
  address            TEXT,
  division_code      TEXT,
  household          TEXT,                 -- the code of the first person of the household
  guardian_name      TEXT,
  guardian_relation  TEXT,
  guardian_phone     TEXT,
  communication_mode TEXT,
  hardship_tags      TEXT,                 -- as recorded; what follows from the file is derived when read
  wishes             TEXT,
  last_verified_on   TEXT,
  legal_basis        TEXT NOT NULL DEFAULT '同意'
                     CHECK (legal_basis IN ('同意', '法定职责', '紧急', '合同')),
  consented          INTEGER NOT NULL DEFAULT 0 CHECK (consented IN (0, 1)),  -- kept with the consents below
  org                TEXT NOT NULL DEFAULT 'JS',              -- whose category the person is; follows from it
  note               TEXT,
  voided_on          TEXT,
  void_reason        TEXT,
  version            INTEGER NOT NULL,
  created_at         TEXT NOT NULL,
  created_by         TEXT NOT NULL,
  updated_at         TEXT NOT NULL,
  updated_by         TEXT NOT NULL,
  CHECK ((voided_on IS NULL) = (void_reason IS NULL))
) STRICT;
-- One file a person: a number may come back only when the file it was on is void.
CREATE UNIQUE INDEX client_by_resident_id ON client(resident_id) WHERE resident_id IS NOT NULL AND voided_on IS NULL;
CREATE UNIQUE INDEX client_by_certificate ON client(certificate) WHERE certificate IS NOT NULL AND voided_on IS NULL;
CREATE INDEX client_by_name ON client(name);
CREATE INDEX client_by_phone ON client(phone) WHERE phone IS NOT NULL;
CREATE INDEX client_by_household ON client(household) WHERE household IS NOT NULL;
-- A list is a walk along one of these, and its length a count of one: none of them holds a void file, and each holds
-- what is asked, so that counting reads no record.
CREATE INDEX client_living ON client(id, voided_on) WHERE voided_on IS NULL;
CREATE INDEX client_by_org ON client(org, id, voided_on) WHERE voided_on IS NULL;
CREATE INDEX client_by_consent ON client(consented, id, voided_on) WHERE voided_on IS NULL;
CREATE INDEX client_by_cert_status ON client(cert_status, id, voided_on) WHERE voided_on IS NULL;
CREATE INDEX client_uncertified ON client(id, cert_status, voided_on) WHERE cert_status <> '持证' AND voided_on IS NULL;
CREATE INDEX client_by_birth ON client(birth, id, voided_on) WHERE voided_on IS NULL;
CREATE INDEX client_by_expiry ON client(cert_expiry, id, voided_on) WHERE cert_expiry IS NOT NULL AND voided_on IS NULL;
-- Never looked over comes before every day.
CREATE INDEX client_by_verified ON client(ifnull(last_verified_on,''), id, voided_on) WHERE voided_on IS NULL;

CREATE TABLE consent (
  id           INTEGER PRIMARY KEY,
  client_id    INTEGER NOT NULL REFERENCES client(id),
  scope        TEXT NOT NULL CHECK (scope IN ('受理与转办', '转介', '宣传')),
  purpose      TEXT,
  given_by     TEXT NOT NULL CHECK (trim(given_by) <> ''),
  given_on     TEXT NOT NULL,
  method       TEXT NOT NULL CHECK (method IN ('口头', '签字', '监护人签字', '电话录音')),
  withdrawn_on TEXT,
  version      INTEGER NOT NULL,
  created_at   TEXT NOT NULL,
  created_by   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  updated_by   TEXT NOT NULL,
  CHECK (withdrawn_on IS NULL OR withdrawn_on >= given_on)
) STRICT;
CREATE INDEX consent_by_client ON consent(client_id, scope);
