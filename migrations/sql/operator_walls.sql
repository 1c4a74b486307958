-- Who administers by the command line (guichet user, group, organisation, token, campaign) works as guichet_operator:
-- accounts and what goes with them, never a password's digest, and nothing of a dossier. Each act is logged, as nobody's.

CREATE POLICY account_operator ON account TO guichet_operator USING (true);
GRANT SELECT (id, audience, email_hash, email_sealed, name_sealed, totp_sealed, organisation, created_at, disabled_at)
    ON account TO guichet_operator;
GRANT INSERT ON account TO guichet_operator;
GRANT UPDATE (password_hash, password_to_change, totp_sealed, totp_last_step, organisation, disabled_at)
    ON account TO guichet_operator;

CREATE POLICY session_operator_end ON session TO guichet_operator USING (true);
GRANT SELECT (account), DELETE ON session TO guichet_operator;

CREATE POLICY account_identity_operator ON account_identity TO guichet_operator USING (true);
GRANT SELECT (account, issuer, created_at), DELETE ON account_identity TO guichet_operator;

CREATE POLICY organisation_operator ON organisation TO guichet_operator USING (true);
GRANT SELECT, INSERT, UPDATE (disabled_at) ON organisation TO guichet_operator;

CREATE POLICY agent_group_operator ON agent_group TO guichet_operator USING (true);
GRANT SELECT, INSERT ON agent_group TO guichet_operator;
CREATE POLICY group_procedure_operator ON group_procedure TO guichet_operator USING (true);
GRANT SELECT, INSERT, DELETE ON group_procedure TO guichet_operator;
CREATE POLICY group_member_operator ON group_member TO guichet_operator USING (true);
GRANT SELECT, INSERT, UPDATE (role), DELETE ON group_member TO guichet_operator;

CREATE POLICY external_system_operator ON external_system TO guichet_operator USING (true);
GRANT SELECT, INSERT ON external_system TO guichet_operator;
CREATE POLICY system_token_operator ON system_token TO guichet_operator USING (true);
GRANT SELECT (id, system, scopes, created_at, expires_at, revoked_at, last_used_at) ON system_token TO guichet_operator;
GRANT INSERT, UPDATE (revoked_at) ON system_token TO guichet_operator;

CREATE POLICY campaign_operator ON campaign TO guichet_operator USING (true);
GRANT SELECT, INSERT ON campaign TO guichet_operator;
GRANT EXECUTE ON FUNCTION campaign_windows(text) TO guichet_operator;
GRANT INSERT ON outbox TO guichet_operator;
GRANT SELECT ON legal_clock, alembic_version TO guichet_operator;

CREATE POLICY admin_log_operator ON admin_log FOR INSERT TO guichet_operator WITH CHECK (actor IS NULL);
GRANT INSERT ON admin_log TO guichet_operator;
