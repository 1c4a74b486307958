-- Any code still alive for an address is taken, and one sent twice by the same browser opens the same session again.
ALTER TABLE sign_in_code ADD COLUMN email_hash BYTEA;
ALTER TABLE sign_in_code ADD COLUMN served_to BYTEA;
CREATE INDEX ix_sign_in_code_email_hash ON sign_in_code (email_hash);
