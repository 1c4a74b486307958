-- The legal clock, the walls' words, and what makes the journals append-only.

INSERT INTO legal_clock (one, mode, ahead, fixed_at) VALUES (1, 'runs', '0', NULL);

CREATE FUNCTION legal_now() RETURNS timestamptz
LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS $$
    SELECT CASE mode WHEN 'runs' THEN clock_timestamp()
                     WHEN 'offset' THEN clock_timestamp() + ahead
                     ELSE fixed_at END
    FROM legal_clock;
$$;

CREATE FUNCTION legal_clock_goes_forward() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_before timestamptz := CASE OLD.mode WHEN 'runs' THEN v_now WHEN 'offset' THEN v_now + OLD.ahead ELSE OLD.fixed_at END;
    v_after timestamptz := CASE NEW.mode WHEN 'runs' THEN v_now WHEN 'offset' THEN v_now + NEW.ahead ELSE NEW.fixed_at END;
BEGIN
    -- A microsecond of tolerance: an interval is stored to the microsecond.
    IF v_after < v_before - interval '1 microsecond' THEN
        RAISE EXCEPTION 'legal time only goes forward: from % to %', v_before, v_after USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER legal_clock_forward BEFORE UPDATE ON legal_clock
FOR EACH ROW EXECUTE FUNCTION legal_clock_goes_forward();

-- The procedures that the context is served: its groups' for an agent, its token's for a system ("*" for all).
CREATE FUNCTION served_procedures() RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    CASE current_setting('app.audience', true)
        WHEN 'agent' THEN
            RETURN ARRAY(SELECT DISTINCT gp.procedure FROM group_procedure gp
                         WHERE gp.group_slug = ANY (string_to_array(current_setting('app.groups', true), ',')));
        WHEN 'system' THEN
            RETURN string_to_array(nullif(current_setting('app.procedures', true), ''), ',');
        ELSE
            RETURN NULL;
    END CASE;
END $$;

-- The mandate under which a mediator acts, as long as it lives at this legal instant.
CREATE FUNCTION live_mandate() RETURNS uuid
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
      AND m.starts <= v_now AND v_now < m.ends AND m.revoked_at IS NULL;
    RETURN v_mandate;
END $$;

CREATE FUNCTION only_grows() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_rows BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION only_grows();
CREATE TRIGGER journal_whole BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER access_log_rows BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION only_grows();
CREATE TRIGGER access_log_whole BEFORE TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER published_rows BEFORE UPDATE OR DELETE ON published FOR EACH ROW EXECUTE FUNCTION only_grows();
CREATE TRIGGER published_whole BEFORE TRUNCATE ON published FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER pinned_plan_rows BEFORE UPDATE OR DELETE ON pinned_plan FOR EACH ROW EXECUTE FUNCTION only_grows();
CREATE TRIGGER pinned_plan_whole BEFORE TRUNCATE ON pinned_plan FOR EACH STATEMENT EXECUTE FUNCTION only_grows();

-- A reading is written once, at the end of its day's chain; its hash covers everything it says.
CREATE FUNCTION note_reading(p_dossier uuid, p_audience text, p_actor uuid, p_mandate uuid, p_what text, p_object text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_at timestamptz := clock_timestamp();
    v_day date := (v_at AT TIME ZONE 'Europe/Paris')::date;
    v_seq bigint;
    v_prev bytea;
    v_hash bytea;
BEGIN
    INSERT INTO access_head (day, seq, hash) VALUES (v_day, 0, sha256(convert_to('access_log|' || v_day, 'UTF8')))
    ON CONFLICT DO NOTHING;
    SELECT h.seq + 1, h.hash INTO v_seq, v_prev FROM access_head h WHERE h.day = v_day FOR UPDATE;
    v_hash := sha256(convert_to(concat_ws('|', v_day, v_seq,
        to_char(v_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        p_dossier, p_audience, coalesce(p_actor::text, ''), coalesce(p_mandate::text, ''), p_what, p_object,
        encode(v_prev, 'hex')), 'UTF8'));
    INSERT INTO access_log (day, seq, at, dossier, audience, actor, mandate, what, object, prev_hash, hash)
    VALUES (v_day, v_seq, v_at, p_dossier, p_audience, p_actor, p_mandate, p_what, p_object, v_prev, v_hash);
    UPDATE access_head SET seq = v_seq, hash = v_hash WHERE day = v_day;
END $$;
REVOKE ALL ON FUNCTION note_reading(uuid, text, uuid, uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_reading(uuid, text, uuid, uuid, text, text) TO guichet_app, guichet_worker;
