-- What must be known before a request has a subject: one row for one digest, and nothing without it.
-- They run as the owner; only the roles granted below may call them.

CREATE FUNCTION identity_session(p_token_hash bytea)
RETURNS TABLE (session uuid, account uuid, audience text, name_sealed bytea, organisation uuid, groups text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_seen_at timestamptz;
BEGIN
    SELECT s.id, s.seen_at, a.id, a.audience, a.name_sealed, a.organisation
    INTO session, v_seen_at, account, audience, name_sealed, organisation
    FROM session s
    JOIN account a ON a.id = s.account
    LEFT JOIN organisation o ON o.id = a.organisation
    WHERE s.token_hash = p_token_hash
      AND s.expires_at > v_now
      AND s.seen_at + make_interval(secs => s.idle_seconds) > v_now
      AND a.disabled_at IS NULL
      AND o.disabled_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    groups := ARRAY(
        SELECT m.group_slug || ':' || m.role FROM group_member m WHERE m.account = identity_session.account
    );
    -- Once a minute is enough for idleness, and spares a write on every other request.
    IF v_seen_at < v_now - interval '1 minute' THEN
        UPDATE session s SET seen_at = v_now WHERE s.token_hash = p_token_hash;
    END IF;
    RETURN NEXT;
END $$;

CREATE FUNCTION identity_forget_session(p_token_hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM session WHERE token_hash = p_token_hash;
$$;

CREATE FUNCTION identity_credentials(p_audience text, p_email_hash bytea)
RETURNS TABLE (id uuid, password_hash text, totp_sealed bytea, disabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.password_hash, a.totp_sealed, a.disabled_at IS NOT NULL
    FROM account a
    WHERE a.audience = p_audience AND a.email_hash = p_email_hash AND a.audience <> 'resident';
$$;

-- The resident of an address, created at need; null when that account is disabled.
CREATE FUNCTION identity_resident(p_id uuid, p_email_hash bytea, p_email_sealed bytea, p_name_sealed bytea)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_id uuid;
    v_disabled timestamptz;
BEGIN
    INSERT INTO account (id, audience, email_hash, email_sealed, name_sealed)
    VALUES (p_id, 'resident', p_email_hash, p_email_sealed, p_name_sealed)
    ON CONFLICT (audience, email_hash) DO NOTHING;
    SELECT a.id, a.disabled_at INTO v_id, v_disabled
    FROM account a WHERE a.audience = 'resident' AND a.email_hash = p_email_hash;
    RETURN CASE WHEN v_disabled IS NULL THEN v_id END;
END $$;

CREATE FUNCTION identity_system(p_token_hash bytea)
RETURNS TABLE (token uuid, system uuid, name text, scopes text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_last timestamptz;
BEGIN
    SELECT t.id, e.id, e.name, t.scopes, t.last_used_at
    INTO token, system, name, scopes, v_last
    FROM system_token t
    JOIN external_system e ON e.id = t.system
    WHERE t.token_hash = p_token_hash
      AND t.expires_at > v_now
      AND t.revoked_at IS NULL
      AND e.disabled_at IS NULL;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF v_last IS NULL OR v_last < v_now - interval '1 minute' THEN
        UPDATE system_token t SET last_used_at = v_now WHERE t.token_hash = p_token_hash;
    END IF;
    RETURN NEXT;
END $$;

REVOKE ALL ON FUNCTION
    identity_session(bytea), identity_forget_session(bytea), identity_credentials(text, bytea),
    identity_resident(uuid, bytea, bytea, bytea), identity_system(bytea)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    identity_session(bytea), identity_forget_session(bytea), identity_credentials(text, bytea),
    identity_resident(uuid, bytea, bytea, bytea), identity_system(bytea)
TO guichet_app;

CREATE FUNCTION admin_log_only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'admin_log is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER admin_log_rows BEFORE UPDATE OR DELETE ON admin_log
FOR EACH ROW EXECUTE FUNCTION admin_log_only_grows();
CREATE TRIGGER admin_log_whole BEFORE TRUNCATE ON admin_log
FOR EACH STATEMENT EXECUTE FUNCTION admin_log_only_grows();
