-- A queue begins by what the office is awaited for: `due_at` is the first of that and of what happens by itself.

COMMENT ON COLUMN queue_row.due_at IS '`infinity` when nothing is due and the office not awaited.';

-- The journal's envelope says in clear when a decision was signed, or silence gave a provisional aid. Other rows learn
-- theirs at their next move.
UPDATE queue_row q SET due_at = LEAST(q.due_at, j.at)
FROM (
    SELECT dossier, max(effective) AS at FROM journal
    WHERE kind IN ('decided', 'silence_took_effect') GROUP BY dossier
) AS j
WHERE j.dossier = q.dossier AND NOT q.closed AND q.status IN ('decided', 'provisional');
