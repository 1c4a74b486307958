-- Whom each e-mail of an entry reached, and whom it never will: one refused address stops nobody else's.
CREATE TABLE mailing (
    dossier UUID NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    account UUID NOT NULL,
    status TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_mailing PRIMARY KEY (dossier, seq, kind, account),
    CONSTRAINT fk_mailing_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id),
    CONSTRAINT ck_mailing_status CHECK (status IN ('accepted', 'refused'))
);
COMMENT ON COLUMN mailing.kind IS 'The effect or the reminder that it tells of.';
COMMENT ON COLUMN mailing.at IS 'On the real clock.';
CREATE INDEX ix_mailing_refused ON mailing (account) WHERE status = 'refused';

ALTER TABLE mailing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY mailing_worker ON mailing TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON mailing TO guichet_worker;

-- What an incident is about (an address), sealed under the dossier's key: it goes with it.
ALTER TABLE incident ADD COLUMN about_sealed BYTEA;
