-- Whether a system may be told of the moves of a procedure at this very moment: it bears a live token that says so.
-- The worker asks at each delivery, and sees no token.

CREATE FUNCTION webhook_right(p_system uuid, p_procedure text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM system_token t JOIN external_system e ON e.id = t.system
        WHERE t.system = p_system AND e.disabled_at IS NULL
          AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
          AND (t.scopes @> ARRAY[p_procedure || ':webhook'] OR t.scopes @> ARRAY['*:webhook']));
$$;
REVOKE ALL ON FUNCTION webhook_right(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION webhook_right(uuid, text) TO guichet_worker;
