-- Administrators see which providers an account is bound to, and unbind it; nobody else does, not even from their own.
CREATE POLICY account_identity_administrators ON account_identity FOR SELECT TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
CREATE POLICY account_identity_administrators_unbind ON account_identity FOR DELETE TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
CREATE POLICY account_identity_only_administrators_unbind ON account_identity AS RESTRICTIVE FOR DELETE TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'administrator');
GRANT DELETE ON account_identity TO guichet_app;
