-- Whoever is not served the procedure looks the dossier up, one row at a time: never a scan of every dossier.

CREATE FUNCTION sees_dossier(p_dossier uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM dossier WHERE id = p_dossier);
END $$;

ALTER POLICY queue_row_app_see ON queue_row
    USING (procedure = ANY ((SELECT served_procedures())::text[]) OR sees_dossier(dossier));
ALTER POLICY queue_row_app_change ON queue_row
    USING (procedure = ANY ((SELECT served_procedures())::text[]) OR sees_dossier(dossier)) WITH CHECK (true);
