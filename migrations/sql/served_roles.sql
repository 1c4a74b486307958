-- The process that serves pages works as guichet_app alone: what it did as the worker is done by what stands here.

-- Clock rows say nothing of anybody; the functions and the view below read them as the owner.
CREATE POLICY clock_owner ON clock FOR SELECT TO CURRENT_USER USING (true);

-- An administrator counts what a version would do to open dossiers: their dates and their steps, and not which they are.
CREATE VIEW open_clock WITH (security_barrier) AS
    SELECT plan, step, status, due_kind, ledger FROM clock
    WHERE NOT closed AND (SELECT current_setting('app.audience', true)) = 'administrator';
GRANT SELECT ON open_clock TO guichet_app;

-- Move legal time forward, and tell every open dossier, live mandate and campaign. `guichet migrate` lets the serving
-- roles call it in demonstrations and in tests, and nobody in production.
CREATE FUNCTION move_legal_clock(p_to timestamptz, p_fixed boolean, p_signal boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_before timestamptz := legal_now();
BEGIN
    IF p_fixed THEN
        UPDATE legal_clock SET mode = 'fixed', ahead = '0', fixed_at = p_to;
    ELSE
        UPDATE legal_clock SET mode = 'offset', ahead = p_to - clock_timestamp(), fixed_at = NULL;
    END IF;
    IF p_signal THEN
        INSERT INTO outbox (kind, subject, payload)
        SELECT 'dossier', c.dossier::text, jsonb_build_object('procedure', p.procedure, 'seq', c.seq)
        FROM clock c JOIN pinned_plan p ON p.sha256 = c.plan WHERE NOT c.closed;
        INSERT INTO outbox (kind, subject)
        SELECT 'mandate', id::text FROM mandate WHERE revoked_at IS NULL AND ends > v_before;
        INSERT INTO outbox (kind, subject) SELECT 'campaign', id::text FROM campaign WHERE NOT told @> ARRAY['voted'];
    END IF;
END $$;
REVOKE ALL ON FUNCTION move_legal_clock(timestamptz, boolean, boolean) FROM PUBLIC;
REVOKE UPDATE ON legal_clock FROM guichet_worker;

-- The next instant at which something becomes due in any open dossier: a date, and nothing of whose it is.
CREATE FUNCTION next_legal_due() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT min(due_at) FROM clock WHERE NOT closed AND due_at > legal_now();
$$;
REVOKE ALL ON FUNCTION next_legal_due() FROM PUBLIC;
