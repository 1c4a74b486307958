-- A mandate is seen by its resident and by its organisation; either may revoke it, nobody may stretch it.

ALTER TABLE mandate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY mandate_owner ON mandate TO CURRENT_USER USING (true);
CREATE POLICY mandate_resident ON mandate TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'resident'
           AND resident = (SELECT nullif(current_setting('app.subject', true), '')::uuid))
    WITH CHECK ((SELECT current_setting('app.audience', true)) = 'resident'
                AND resident = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
CREATE POLICY mandate_organisation ON mandate TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'mediator'
           AND organisation = (SELECT nullif(current_setting('app.organisation', true), '')::uuid))
    WITH CHECK ((SELECT current_setting('app.audience', true)) = 'mediator'
                AND organisation = (SELECT nullif(current_setting('app.organisation', true), '')::uuid));
-- Revoked once and for all.
CREATE POLICY mandate_revoked_once ON mandate AS RESTRICTIVE FOR UPDATE TO guichet_app
    USING (revoked_at IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT ON mandate TO guichet_app;
GRANT UPDATE (revoked_at, revoked_by) ON mandate TO guichet_app;

CREATE POLICY mandate_worker ON mandate FOR SELECT TO guichet_worker USING (true);
GRANT SELECT ON mandate TO guichet_worker;
