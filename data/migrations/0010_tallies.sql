-- How many there are of what every first page says: kept as rows come and go, because to count a million clients each time
-- somebody opens the desk would make them wait.

CREATE TABLE tally (
  what TEXT PRIMARY KEY,
  n    INTEGER NOT NULL CHECK (n >= 0)
) STRICT, WITHOUT ROWID;

INSERT INTO tally (what, n) VALUES
  ('clients', (SELECT count(*) FROM client WHERE voided_on IS NULL)),
  ('clients_certified', (SELECT count(*) FROM client WHERE voided_on IS NULL AND cert_status = '持证'));

CREATE TRIGGER client_tally_new AFTER INSERT ON client WHEN NEW.voided_on IS NULL BEGIN
  UPDATE tally SET n = n + 1 WHERE what = 'clients' OR (what = 'clients_certified' AND NEW.cert_status = '持证');
END;

CREATE TRIGGER client_tally_changed AFTER UPDATE OF voided_on, cert_status ON client BEGIN
  UPDATE tally SET n = n + (NEW.voided_on IS NULL) - (OLD.voided_on IS NULL) WHERE what = 'clients';
  UPDATE tally
  SET n = n + (NEW.voided_on IS NULL AND NEW.cert_status = '持证') - (OLD.voided_on IS NULL AND OLD.cert_status = '持证')
  WHERE what = 'clients_certified';
END;

CREATE TRIGGER client_tally_gone AFTER DELETE ON client WHEN OLD.voided_on IS NULL BEGIN
  UPDATE tally SET n = n - 1 WHERE what = 'clients' OR (what = 'clients_certified' AND OLD.cert_status = '持证');
END;
