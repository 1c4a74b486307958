-- Row-level security, forced. Context is SET LOCAL at transaction begin; absent or empty, nothing is seen.

ALTER TABLE account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE session ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE sign_in_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_group ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE group_procedure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE group_member ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE external_system ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE system_token ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE rate_limit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE admin_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- The owner: migrations, the command line, and the functions that look before there is a subject.
CREATE POLICY account_owner ON account TO CURRENT_USER USING (true);
CREATE POLICY session_owner ON session TO CURRENT_USER USING (true);
CREATE POLICY sign_in_code_owner ON sign_in_code TO CURRENT_USER USING (true);
CREATE POLICY organisation_owner ON organisation TO CURRENT_USER USING (true);
CREATE POLICY agent_group_owner ON agent_group TO CURRENT_USER USING (true);
CREATE POLICY group_procedure_owner ON group_procedure TO CURRENT_USER USING (true);
CREATE POLICY group_member_owner ON group_member TO CURRENT_USER USING (true);
CREATE POLICY external_system_owner ON external_system TO CURRENT_USER USING (true);
CREATE POLICY system_token_owner ON system_token TO CURRENT_USER USING (true);
CREATE POLICY rate_limit_owner ON rate_limit TO CURRENT_USER USING (true);
CREATE POLICY admin_log_owner ON admin_log TO CURRENT_USER USING (true);

-- Administrators manage; everybody reads and changes what is theirs.
CREATE POLICY account_administrators ON account TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
CREATE POLICY account_self ON account FOR SELECT TO guichet_app
    USING (id = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
CREATE POLICY account_self_change ON account FOR UPDATE TO guichet_app
    USING (id = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
GRANT SELECT, INSERT ON account TO guichet_app;
GRANT UPDATE (name_sealed, password_hash, totp_sealed, totp_last_step, organisation, disabled_at) ON account
    TO guichet_app;

CREATE POLICY session_self ON session TO guichet_app
    USING (account = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
CREATE POLICY session_administrators_end ON session FOR DELETE TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
CREATE POLICY session_administrators_find ON session FOR SELECT TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT SELECT, INSERT, DELETE ON session TO guichet_app;

CREATE POLICY sign_in_code_nobody_yet ON sign_in_code TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'anonymous');
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_code TO guichet_app;

CREATE POLICY organisation_read ON organisation FOR SELECT TO guichet_app, guichet_worker USING (true);
CREATE POLICY organisation_administrators ON organisation TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT SELECT, INSERT, UPDATE ON organisation TO guichet_app;

CREATE POLICY agent_group_read ON agent_group FOR SELECT TO guichet_app, guichet_worker USING (true);
CREATE POLICY agent_group_administrators ON agent_group TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT SELECT, INSERT, UPDATE ON agent_group TO guichet_app;

CREATE POLICY group_procedure_read ON group_procedure FOR SELECT TO guichet_app, guichet_worker USING (true);
CREATE POLICY group_procedure_administrators ON group_procedure TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT SELECT, INSERT, DELETE ON group_procedure TO guichet_app;

CREATE POLICY group_member_self ON group_member FOR SELECT TO guichet_app
    USING (account = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
CREATE POLICY group_member_administrators ON group_member TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT SELECT, INSERT, UPDATE, DELETE ON group_member TO guichet_app;

CREATE POLICY external_system_administrators ON external_system TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT SELECT, INSERT, UPDATE ON external_system TO guichet_app;
CREATE POLICY system_token_administrators ON system_token TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT SELECT, INSERT, UPDATE ON system_token TO guichet_app;

-- Counted before anybody is known; the rows are fingerprints and instants only.
CREATE POLICY rate_limit_anybody ON rate_limit TO guichet_app USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO guichet_app;

CREATE POLICY admin_log_read ON admin_log FOR SELECT TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
CREATE POLICY admin_log_append ON admin_log FOR INSERT TO guichet_app
    WITH CHECK ((SELECT current_setting('app.audience', true)) = 'administrator'
                AND actor = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
GRANT SELECT, INSERT ON admin_log TO guichet_app;

-- The worker writes to people, and wakes agents up: addresses and names, no secret.
CREATE POLICY account_worker ON account FOR SELECT TO guichet_worker USING (true);
GRANT SELECT (id, audience, email_sealed, name_sealed, organisation, disabled_at) ON account TO guichet_worker;
CREATE POLICY group_member_worker ON group_member FOR SELECT TO guichet_worker USING (true);
GRANT SELECT ON group_member, agent_group, group_procedure, organisation TO guichet_worker;
CREATE POLICY external_system_worker ON external_system FOR SELECT TO guichet_worker USING (true);
GRANT SELECT ON external_system TO guichet_worker;

-- Readiness compares the schema with the code.
GRANT SELECT ON alembic_version TO guichet_app, guichet_worker;
