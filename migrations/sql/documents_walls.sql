-- A document is seen by whoever sees its dossier or its draft: their own walls apply inside these subqueries.

ALTER TABLE document ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY document_owner ON document TO CURRENT_USER USING (true);
CREATE POLICY document_of_dossier ON document TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = document.dossier)
           OR EXISTS (SELECT FROM draft WHERE draft.id = document.dossier));
GRANT SELECT, INSERT ON document TO guichet_app;
GRANT UPDATE (piece, status, reason, facts, quarantine, vault, idempotency_key, claimed_until, settled_at,
              checked_at)
    ON document TO guichet_app;

CREATE POLICY document_worker ON document TO guichet_worker USING (true);
GRANT SELECT, UPDATE, DELETE ON document TO guichet_worker;

GRANT SELECT ON document TO guichet_backup;
