-- A provider may give the same person another subject. Who has proven the account's address, under the name that the
-- account bears (api/sign_in/oidc/residents.py), binds it to their identity of today: the former one no longer opens it.
CREATE FUNCTION identity_rebind(p_audience text, p_issuer text, p_subject_hash bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_account uuid := nullif(current_setting('app.subject', true), '')::uuid;
BEGIN
    IF v_account IS NULL OR p_audience IS DISTINCT FROM current_setting('app.audience', true)
        OR p_audience <> 'resident'
        OR NOT EXISTS (SELECT FROM account a WHERE a.id = v_account AND a.audience = p_audience
                       AND a.disabled_at IS NULL)
        OR EXISTS (SELECT FROM account_identity i WHERE i.audience = p_audience AND i.issuer = p_issuer
                   AND i.subject_hash = p_subject_hash AND i.account <> v_account) THEN
        RETURN false;
    END IF;
    DELETE FROM account_identity i WHERE i.account = v_account AND i.issuer = p_issuer;
    INSERT INTO account_identity (audience, issuer, subject_hash, account)
    VALUES (p_audience, p_issuer, p_subject_hash, v_account);
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION identity_rebind(text, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_rebind(text, text, bytea) TO guichet_app;
