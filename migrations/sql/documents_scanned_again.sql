-- A document kept without a scan is scanned once there is an antivirus; one that it could not judge, again each week.
ALTER TABLE document ADD COLUMN scan_tried_at TIMESTAMPTZ;
CREATE INDEX ix_document_not_scanned ON document (scan_tried_at) WHERE status = 'not_scanned';
