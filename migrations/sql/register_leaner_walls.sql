-- The same walls with less to plan and to start at each act: one value for each way of seeing a dossier, null when it
-- is not the context's, and no second look at rows whose dossier cannot change.

CREATE OR REPLACE FUNCTION served_procedures() RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    v_scopes text[];
BEGIN
    CASE current_setting('app.audience', true)
        WHEN 'agent' THEN
            RETURN ARRAY(SELECT DISTINCT gp.procedure FROM group_procedure gp
                         WHERE gp.group_slug = ANY (string_to_array(current_setting('app.groups', true), ',')));
        WHEN 'system' THEN
            v_scopes := string_to_array(nullif(current_setting('app.procedures', true), ''), ',');
            IF '*' = ANY (v_scopes) THEN
                RETURN ARRAY(SELECT DISTINCT p.procedure FROM pinned_plan p);
            END IF;
            RETURN v_scopes;
        ELSE
            RETURN NULL;
    END CASE;
END $$;

CREATE FUNCTION subject_as(p_audience text) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN current_setting('app.audience', true) = p_audience
                THEN nullif(current_setting('app.subject', true), '')::uuid END
$$;

DROP POLICY dossier_app ON dossier;
CREATE POLICY dossier_app_see ON dossier FOR SELECT TO guichet_app USING (
    resident = (SELECT subject_as('resident'))
    OR procedure = ANY ((SELECT served_procedures())::text[])
    OR (mandate = (SELECT live_mandate()) AND taken_over_at IS NULL)
    OR system = (SELECT subject_as('system')));
CREATE POLICY dossier_app_add ON dossier FOR INSERT TO guichet_app WITH CHECK (
    resident = (SELECT subject_as('resident'))
    OR ((SELECT current_setting('app.audience', true)) = 'agent' AND procedure = ANY ((SELECT served_procedures())::text[]))
    OR mandate = (SELECT live_mandate())
    OR system = (SELECT subject_as('system')));
-- Whose it is does not change: those columns are not granted.
CREATE POLICY dossier_app_change ON dossier FOR UPDATE TO guichet_app USING (
    resident = (SELECT subject_as('resident'))
    OR procedure = ANY ((SELECT served_procedures())::text[])
    OR (mandate = (SELECT live_mandate()) AND taken_over_at IS NULL)
    OR system = (SELECT subject_as('system'))) WITH CHECK (true);

DROP POLICY clock_app ON clock;
CREATE POLICY clock_app_see ON clock FOR SELECT TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = clock.dossier));
CREATE POLICY clock_app_add ON clock FOR INSERT TO guichet_app
    WITH CHECK (EXISTS (SELECT FROM dossier WHERE dossier.id = clock.dossier));
CREATE POLICY clock_app_change ON clock FOR UPDATE TO guichet_app
    USING (EXISTS (SELECT FROM dossier WHERE dossier.id = clock.dossier)) WITH CHECK (true);
REVOKE UPDATE ON clock FROM guichet_app;
GRANT UPDATE (seq, step, status, closed, ledger, due_at, due_kind, due_article) ON clock TO guichet_app;

DROP POLICY queue_row_agents ON queue_row;
DROP POLICY queue_row_add ON queue_row;
DROP POLICY queue_row_find ON queue_row;
DROP POLICY queue_row_change ON queue_row;
CREATE POLICY queue_row_app_see ON queue_row FOR SELECT TO guichet_app
    USING (procedure = ANY ((SELECT served_procedures())::text[])
           OR EXISTS (SELECT FROM dossier WHERE dossier.id = queue_row.dossier));
CREATE POLICY queue_row_app_add ON queue_row FOR INSERT TO guichet_app
    WITH CHECK (EXISTS (SELECT FROM dossier WHERE dossier.id = queue_row.dossier));
CREATE POLICY queue_row_app_change ON queue_row FOR UPDATE TO guichet_app
    USING (procedure = ANY ((SELECT served_procedures())::text[])
           OR EXISTS (SELECT FROM dossier WHERE dossier.id = queue_row.dossier)) WITH CHECK (true);
REVOKE UPDATE ON queue_row FROM guichet_app;
GRANT UPDATE (status, closed, due_at, agent, fields, seq, commune, epci) ON queue_row TO guichet_app;
