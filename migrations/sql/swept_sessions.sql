-- A session that ended more than an hour ago serves nobody (identity_ended_session looks no further back): its row goes,
-- and with it the ID token of its provider.
CREATE FUNCTION identity_sweep_sessions() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM session
    WHERE least(expires_at, seen_at + make_interval(secs => idle_seconds)) < clock_timestamp() - interval '1 hour';
$$;
REVOKE ALL ON FUNCTION identity_sweep_sessions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_sweep_sessions() TO guichet_app;
