-- When a workflow will look again by itself: past, the reconciler knows that its timer was lost.

ALTER TABLE carried ADD COLUMN wake_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX ix_carried_wake ON carried (wake_at) WHERE wake_at IS NOT NULL;
COMMENT ON COLUMN carried.wake_at IS 'When it will look again by itself, on the real clock.';
