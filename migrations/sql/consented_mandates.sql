-- A mandate is in force once the person's consent is recorded, and says how they were told of it.
ALTER TABLE mandate ALTER COLUMN consent DROP NOT NULL;
ALTER TABLE mandate ALTER COLUMN consented_at DROP NOT NULL;
ALTER TABLE mandate ADD COLUMN told TEXT;
COMMENT ON COLUMN mandate.told IS 'How the person was told of it: email, hand; refused when their address was.';
ALTER TABLE mandate ADD CONSTRAINT ck_mandate_told CHECK (told IN ('email', 'hand', 'refused'));
-- Those given before this existed: nobody will be told now of what was said then.
UPDATE mandate SET told = 'hand';
GRANT UPDATE (told) ON mandate TO guichet_worker;
CREATE POLICY mandate_worker_tells ON mandate FOR UPDATE TO guichet_worker USING (true);

CREATE OR REPLACE FUNCTION live_mandate() RETURNS uuid
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    v_now timestamptz;
    v_mandate uuid;
BEGIN
    IF current_setting('app.audience', true) IS DISTINCT FROM 'mediator' THEN
        RETURN NULL;
    END IF;
    v_now := legal_now();
    SELECT m.id INTO v_mandate FROM mandate m
    WHERE m.id = nullif(current_setting('app.mandate', true), '')::uuid
      AND m.organisation = nullif(current_setting('app.organisation', true), '')::uuid
      AND m.consented_at IS NOT NULL
      AND m.starts <= v_now AND v_now < m.ends AND m.revoked_at IS NULL;
    RETURN v_mandate;
END $$;

-- The live mandate, and those that it goes on from: given before by the same person to the same organisation, and
-- not revoked by that person. What was begun under them is followed under it, for the procedures that it covers.
CREATE FUNCTION live_mandates() RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('app.audience', true) IS DISTINCT FROM 'mediator' THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT array_agg(b.id) FROM mandate g
            JOIN mandate b ON b.organisation = g.organisation AND b.resident = g.resident
            WHERE g.id = live_mandate()
              AND (b.id = g.id OR (b.consented_at IS NOT NULL AND b.revoked_by IS DISTINCT FROM 'resident')));
END $$;

CREATE FUNCTION mandated_procedures() RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('app.audience', true) IS DISTINCT FROM 'mediator' THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT procedures FROM mandate WHERE id = live_mandate());
END $$;

DROP POLICY dossier_app_see ON dossier;
CREATE POLICY dossier_app_see ON dossier FOR SELECT TO guichet_app USING (
    resident = (SELECT subject_as('resident'))
    OR procedure = ANY ((SELECT served_procedures())::text[])
    OR (mandate = ANY ((SELECT live_mandates())::uuid[]) AND procedure = ANY ((SELECT mandated_procedures())::text[])
        AND taken_over_at IS NULL)
    OR system = (SELECT subject_as('system')));
DROP POLICY dossier_app_change ON dossier;
CREATE POLICY dossier_app_change ON dossier FOR UPDATE TO guichet_app USING (
    resident = (SELECT subject_as('resident'))
    OR procedure = ANY ((SELECT served_procedures())::text[])
    OR (mandate = ANY ((SELECT live_mandates())::uuid[]) AND procedure = ANY ((SELECT mandated_procedures())::text[])
        AND taken_over_at IS NULL)
    OR system = (SELECT subject_as('system'))) WITH CHECK (true);
DROP POLICY draft_app ON draft;
CREATE POLICY draft_app ON draft TO guichet_app USING (
    resident = (SELECT subject_as('resident'))
    OR (mandate = ANY ((SELECT live_mandates())::uuid[]) AND procedure = ANY ((SELECT mandated_procedures())::text[])));

-- The consent makes it begin, once.
CREATE FUNCTION consent_to_mandate(
    p_mandate uuid, p_consent text, p_consented_at timestamptz, p_starts timestamptz, p_ends timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE mandate SET consent = p_consent, consented_at = p_consented_at, starts = p_starts, ends = p_ends
    WHERE id = p_mandate AND consented_at IS NULL AND revoked_at IS NULL
      AND organisation = nullif(current_setting('app.organisation', true), '')::uuid
      AND current_setting('app.audience', true) = 'mediator';
    RETURN FOUND;
END $$;

-- The sealed address and name of the account behind a mandate, for its two sides: whether anything reaches the
-- person, and whether that address is somebody else's.
CREATE FUNCTION mandate_account(p_mandate uuid) RETURNS TABLE (account uuid, address bytea, name bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.email_sealed, a.name_sealed FROM mandate m JOIN account a ON a.id = m.resident
    WHERE m.id = p_mandate
      AND (m.resident = subject_as('resident')
           OR (current_setting('app.audience', true) = 'mediator'
               AND m.organisation = nullif(current_setting('app.organisation', true), '')::uuid));
$$;

-- The sealed address of a person, for themselves, for who acts for them, and for a system that deposits: whether an
-- e-mail reaches them.
CREATE FUNCTION applicant_address(p_resident uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.email_sealed FROM account a
    WHERE a.id = p_resident AND a.audience = 'resident'
      AND (current_setting('app.audience', true) = 'system'
           OR a.id = subject_as('resident')
           OR EXISTS (SELECT FROM mandate m WHERE m.id = live_mandate() AND m.resident = a.id));
$$;
REVOKE ALL ON FUNCTION
    consent_to_mandate(uuid, text, timestamptz, timestamptz, timestamptz), mandate_account(uuid), applicant_address(uuid)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    consent_to_mandate(uuid, text, timestamptz, timestamptz, timestamptz), mandate_account(uuid), applicant_address(uuid)
TO guichet_app;
