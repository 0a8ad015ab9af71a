-- A line that the bank never wrote (mistyped, or taken in from the wrong table) can be voided, with the reason; it stays and is
-- read, but no sum, no proposal and no reconciliation counts it. Why a month was closed as it was stays with the month.

ALTER TABLE bank_line ADD COLUMN voided_on TEXT;
ALTER TABLE bank_line ADD COLUMN void_reason TEXT CHECK (
  (voided_on IS NULL) = (void_reason IS NULL) AND (voided_on IS NULL OR ticked_at IS NULL) AND trim(coalesce(void_reason, '-')) <> '');

CREATE VIEW statement_line AS SELECT * FROM bank_line WHERE voided_on IS NULL;

CREATE TRIGGER bank_line_kept BEFORE DELETE ON bank_line BEGIN
  SELECT raise(ABORT, 'bank-kept');
END;

ALTER TABLE journal_period ADD COLUMN close_reason TEXT;
