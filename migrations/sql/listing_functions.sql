-- A list followed by `recorded_at` must not pass over a dossier that is being written: it would never be seen.
-- Who writes announces, by a shared advisory lock held to the end of its transaction, a legal second that is not
-- later than the instant it will stamp; a list stops before the earliest second announced, and before the present.
-- The key is the epoch second shifted into a signed integer (until 2106); 1735289195 names this use of locks.

CREATE FUNCTION writing_now() RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1735289195, (floor(extract(epoch FROM legal_now())) - 2147483648)::integer);
    -- Read again once announced: whoever sees no announcement has read the clock before.
    RETURN legal_now();
END $$;

-- Asked in a statement of its own, before the list: who has stopped announcing is committed, and seen by the next one.
CREATE FUNCTION listed_until() RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
DECLARE
    v_until timestamptz := legal_now();
    v_oldest bigint;
BEGIN
    -- Where the clock stands still (tests, demonstrations), everything bears the present instant.
    IF EXISTS (SELECT FROM legal_clock WHERE mode = 'fixed') THEN
        v_until := v_until + interval '1 microsecond';
    END IF;
    SELECT min((l.objid::bigint + 2147483648) % 4294967296) INTO v_oldest
    FROM pg_locks l
    WHERE l.locktype = 'advisory' AND l.classid = 1735289195 AND l.objsubid = 2
      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());
    RETURN least(v_until, to_timestamp(v_oldest));
END $$;
