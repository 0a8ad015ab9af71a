-- What is broken may be a card of the asset register (G-6.2.3b): the card then stands as its ticket does (SM-07).

ALTER TABLE work_ticket ADD COLUMN asset INTEGER REFERENCES asset(id);
-- How the card stood before it was mended. No field of the ticket: what a ticket puts on a card it takes off again, also when
-- the step itself was taken back.
ALTER TABLE work_ticket ADD COLUMN asset_was TEXT CHECK (asset_was IN ('在用', '闲置'));
CREATE INDEX ticket_by_asset ON work_ticket(asset, id) WHERE asset IS NOT NULL;
