-- A password that somebody else chose or saw serves once, to choose another. And functions name where they look.

ALTER TABLE account ADD COLUMN password_to_change boolean NOT NULL DEFAULT false;
GRANT UPDATE (password_to_change) ON account TO guichet_app;

DROP FUNCTION identity_credentials(text, bytea);
CREATE FUNCTION identity_credentials(p_audience text, p_email_hash bytea)
RETURNS TABLE (id uuid, password_hash text, totp_sealed bytea, disabled boolean, password_to_change boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.password_hash, a.totp_sealed, a.disabled_at IS NOT NULL, a.password_to_change
    FROM account a
    WHERE a.audience = p_audience AND a.email_hash = p_email_hash AND a.audience <> 'resident';
$$;
REVOKE ALL ON FUNCTION identity_credentials(text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_credentials(text, bytea) TO guichet_app;

-- Walls and triggers call these as whoever asks: an object of theirs must not come before ours.
ALTER FUNCTION sees_dossier(uuid) SET search_path = public, pg_temp;
ALTER FUNCTION legal_clock_goes_forward() SET search_path = public, pg_temp;
ALTER FUNCTION only_grows() SET search_path = public, pg_temp;
ALTER FUNCTION admin_log_only_grows() SET search_path = public, pg_temp;
