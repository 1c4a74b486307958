-- What was granted to a legal person is public by law (loi 2000-321 art. 10; décret 2017-779): it stands in clear, is
-- read by anybody, and outlives the purge of the dossier that it comes from.

CREATE TABLE granted_row (
    dossier UUID NOT NULL,
    reference TEXT NOT NULL,
    procedure TEXT NOT NULL,
    convention_on DATE NOT NULL,
    columns JSONB NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_granted_row PRIMARY KEY (dossier),
    CONSTRAINT fk_granted_row_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);
COMMENT ON COLUMN granted_row.columns IS 'The columns of the published table but those of who grants.';
COMMENT ON COLUMN granted_row.seq IS 'The entry of the journal that it was made as of.';
CREATE INDEX ix_granted_row_convention_on ON granted_row (convention_on, reference);

ALTER TABLE granted_row ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY granted_row_owner ON granted_row TO CURRENT_USER USING (true);
CREATE POLICY granted_row_public ON granted_row FOR SELECT TO guichet_app USING (true);
GRANT SELECT ON granted_row TO guichet_app;
CREATE POLICY granted_row_worker ON granted_row TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON granted_row TO guichet_worker;
