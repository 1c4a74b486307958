-- Who bore a session that ended by itself less than an hour ago: what they were sending may still be received for them,
-- and nothing be shown. A session that somebody ended is forgotten, and says nothing here.
CREATE FUNCTION identity_ended_session(p_token_hash bytea)
RETURNS TABLE (session uuid, account uuid, audience text, name_sealed bytea, organisation uuid, groups text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, a.id, a.audience, a.name_sealed, a.organisation,
           ARRAY(SELECT m.group_slug || ':' || m.role FROM group_member m WHERE m.account = a.id)
    FROM session s
    JOIN account a ON a.id = s.account
    LEFT JOIN organisation o ON o.id = a.organisation
    WHERE s.token_hash = p_token_hash
      AND least(s.expires_at, s.seen_at + make_interval(secs => s.idle_seconds))
          BETWEEN clock_timestamp() - interval '1 hour' AND clock_timestamp()
      AND a.disabled_at IS NULL
      AND o.disabled_at IS NULL;
$$;
REVOKE ALL ON FUNCTION identity_ended_session(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_ended_session(bytea) TO guichet_app;
