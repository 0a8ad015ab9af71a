-- Whoever took their consent back is not asked to sign it: the list of those who are walks along this.
DROP INDEX client_by_consent;
CREATE INDEX client_by_consent ON client(consented, id, voided_on, erase_asked_on) WHERE voided_on IS NULL;
