-- The sealed name of a member of staff, for the people whose dossiers they read or instruct (CRPA L111-2).
-- Only agents and mediators have one here; it opens with the master key, outside the database.
CREATE FUNCTION staff_name(p_account uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.name_sealed FROM account a WHERE a.id = p_account AND a.audience IN ('agent', 'mediator');
$$;
REVOKE ALL ON FUNCTION staff_name(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staff_name(uuid) TO guichet_app;

-- A system's deposit is prepared like a draft: its documents come first, then the whole is filed at once.
ALTER TABLE draft ADD COLUMN system uuid;
CREATE POLICY draft_system ON draft TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'system'
           AND system = (SELECT nullif(current_setting('app.subject', true), '')::uuid));
