-- Row-level security of dossiers, forced for their owner too. An absent context is NULL, and sees nothing.

ALTER TABLE dossier ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE clock ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE carried ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE journal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE queue_row ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE search_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE effect ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE incident ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE letter ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE access_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_endpoint ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- A resident sees what is theirs; a mediator what was filed under the live mandate and not taken over; an agent
-- what their groups serve; a system what it deposited, and what its token may read.
CREATE POLICY dossier_app ON dossier TO guichet_app USING (
    ((SELECT current_setting('app.audience', true)) = 'resident'
        AND resident = (SELECT nullif(current_setting('app.subject', true), '')::uuid))
    OR (mandate = (SELECT live_mandate()) AND taken_over_at IS NULL)
    OR procedure = ANY ((SELECT served_procedures())::text[])
    OR ((SELECT current_setting('app.audience', true)) = 'system'
        AND (system = (SELECT nullif(current_setting('app.subject', true), '')::uuid)
             OR '*' = ANY ((SELECT served_procedures())::text[])))
) WITH CHECK (
    ((SELECT current_setting('app.audience', true)) = 'resident'
        AND resident = (SELECT nullif(current_setting('app.subject', true), '')::uuid))
    -- Taking over is the resident's act: the mediator's own row never changes hands here.
    OR mandate = (SELECT live_mandate())
    OR ((SELECT current_setting('app.audience', true)) = 'agent'
        AND procedure = ANY ((SELECT served_procedures())::text[]))
    OR ((SELECT current_setting('app.audience', true)) = 'system'
        AND system = (SELECT nullif(current_setting('app.subject', true), '')::uuid))
);
GRANT SELECT, INSERT ON dossier TO guichet_app;
GRANT UPDATE (version, acts, head, state, recorded_at, taken_over_at) ON dossier TO guichet_app;

-- What belongs to a dossier is seen by whoever sees the dossier: its own wall applies inside the subquery.
CREATE POLICY clock_app ON clock TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = clock.dossier));
GRANT SELECT, INSERT, UPDATE ON clock TO guichet_app;
CREATE POLICY journal_app ON journal TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = journal.dossier));
GRANT SELECT, INSERT ON journal TO guichet_app;
CREATE POLICY effect_app ON effect TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = effect.dossier));
GRANT SELECT, INSERT ON effect TO guichet_app;
CREATE POLICY letter_app ON letter TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = letter.dossier));
GRANT SELECT ON letter TO guichet_app;
CREATE POLICY incident_app ON incident TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = incident.dossier));
GRANT SELECT ON incident TO guichet_app;

-- Agents close incidents.
GRANT UPDATE (closed_at, closed_by) ON incident TO guichet_app;

-- Lists and search are agents' work: their wall needs no look at the dossier, and its operators are leakproof.
CREATE POLICY queue_row_agents ON queue_row FOR SELECT TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'agent'
           AND procedure = ANY ((SELECT served_procedures())::text[]));
CREATE POLICY queue_row_add ON queue_row FOR INSERT TO guichet_app
    WITH CHECK (EXISTS (SELECT FROM dossier WHERE dossier.id = queue_row.dossier));
CREATE POLICY queue_row_find ON queue_row FOR SELECT TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) IN ('resident', 'mediator', 'system')
           AND EXISTS (SELECT FROM dossier WHERE dossier.id = queue_row.dossier));
CREATE POLICY queue_row_change ON queue_row FOR UPDATE TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = queue_row.dossier));
GRANT SELECT, INSERT, UPDATE ON queue_row TO guichet_app;
CREATE POLICY search_token_agents ON search_token FOR SELECT TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'agent'
           AND procedure = ANY ((SELECT served_procedures())::text[]));
CREATE POLICY search_token_add ON search_token FOR INSERT TO guichet_app
    WITH CHECK (EXISTS (SELECT FROM dossier WHERE dossier.id = search_token.dossier));
GRANT SELECT, INSERT ON search_token TO guichet_app;

CREATE POLICY draft_app ON draft TO guichet_app USING (
    ((SELECT current_setting('app.audience', true)) = 'resident'
        AND resident = (SELECT nullif(current_setting('app.subject', true), '')::uuid))
    OR mandate = (SELECT live_mandate()));
GRANT SELECT, INSERT, DELETE ON draft TO guichet_app;
GRANT UPDATE (version, content, updated_at, form_version) ON draft TO guichet_app;

CREATE POLICY idempotency_app ON idempotency TO guichet_app
    USING (actor = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
GRANT SELECT, INSERT ON idempotency TO guichet_app;

-- Who has read my file: the resident, and those who answer for the dossier. Readings are written by note_reading().
CREATE POLICY access_log_app ON access_log FOR SELECT TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = access_log.dossier));
GRANT SELECT ON access_log TO guichet_app;

CREATE POLICY webhook_endpoint_app ON webhook_endpoint TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'system'
           AND system = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_endpoint TO guichet_app;
CREATE POLICY webhook_delivery_app ON webhook_delivery FOR SELECT TO guichet_app
    USING (EXISTS (SELECT FROM webhook_endpoint e WHERE e.id = webhook_delivery.endpoint));
GRANT SELECT ON webhook_delivery TO guichet_app;

-- Neither personal nor anybody's: plans, published texts, the outbox (identifiers only), the legal clock.
GRANT SELECT, INSERT ON pinned_plan, published TO guichet_app, guichet_worker;
GRANT INSERT ON outbox TO guichet_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO guichet_worker;
GRANT SELECT ON legal_clock TO guichet_app;
GRANT SELECT, UPDATE ON legal_clock TO guichet_worker;
GRANT USAGE ON SEQUENCE dossier_number TO guichet_app, guichet_worker;

-- The worker carries every dossier on; the journals stay append-only for it too. The owner reads through functions.
CREATE POLICY dossier_worker ON dossier TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON dossier TO guichet_worker;
CREATE POLICY clock_worker ON clock TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON clock TO guichet_worker;
CREATE POLICY carried_worker ON carried TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON carried TO guichet_worker;
CREATE POLICY journal_worker ON journal TO guichet_worker USING (true);
GRANT SELECT, INSERT ON journal TO guichet_worker;
CREATE POLICY queue_row_worker ON queue_row TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON queue_row TO guichet_worker;
CREATE POLICY search_token_worker ON search_token TO guichet_worker USING (true);
GRANT SELECT, INSERT, DELETE ON search_token TO guichet_worker;
CREATE POLICY effect_worker ON effect TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON effect TO guichet_worker;
CREATE POLICY incident_worker ON incident TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON incident TO guichet_worker;
CREATE POLICY letter_worker ON letter TO guichet_worker USING (true);
GRANT SELECT, INSERT ON letter TO guichet_worker;
CREATE POLICY draft_worker ON draft TO guichet_worker USING (true);
GRANT SELECT, DELETE ON draft TO guichet_worker;
CREATE POLICY idempotency_worker ON idempotency TO guichet_worker USING (true);
GRANT SELECT, INSERT, DELETE ON idempotency TO guichet_worker;
CREATE POLICY access_log_worker ON access_log TO guichet_worker USING (true);
GRANT SELECT ON access_log TO guichet_worker;
CREATE POLICY webhook_endpoint_worker ON webhook_endpoint TO guichet_worker USING (true);
GRANT SELECT, UPDATE ON webhook_endpoint TO guichet_worker;
CREATE POLICY webhook_delivery_worker ON webhook_delivery TO guichet_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON webhook_delivery TO guichet_worker;
GRANT SELECT ON access_head TO guichet_worker;
CREATE POLICY access_log_owner ON access_log TO CURRENT_USER USING (true);
