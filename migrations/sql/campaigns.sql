-- A campaign is seen and opened by the agents of a group that serves its procedure; its dates are public.

CREATE TABLE campaign (
    id UUID NOT NULL,
    procedure TEXT NOT NULL,
    title TEXT NOT NULL,
    opens TIMESTAMP WITH TIME ZONE NOT NULL,
    closes TIMESTAMP WITH TIME ZONE NOT NULL,
    session DATE NOT NULL,
    budget NUMERIC(14, 2) NOT NULL,
    told TEXT[] DEFAULT '{}' NOT NULL,
    created_by UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_campaign PRIMARY KEY (id),
    CONSTRAINT ck_campaign_lasts CHECK (opens < closes),
    CONSTRAINT ck_campaign_budget CHECK (budget >= 0)
);
COMMENT ON COLUMN campaign.opens IS 'Legal time, like every instant of a campaign.';
COMMENT ON COLUMN campaign.session IS 'The civil day planned for the vote.';
COMMENT ON COLUMN campaign.told IS 'What its agents were told of: written by the worker alone.';
COMMENT ON COLUMN campaign.created_by IS 'The agent; null for the operator.';
CREATE INDEX ix_campaign_procedure ON campaign (procedure, opens);

ALTER TABLE campaign ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY campaign_owner ON campaign TO CURRENT_USER USING (true);
CREATE POLICY campaign_agents_see ON campaign FOR SELECT TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'agent'
           AND procedure = ANY ((SELECT served_procedures())::text[]));
CREATE POLICY campaign_agents_add ON campaign FOR INSERT TO guichet_app
    WITH CHECK (created_by = (SELECT subject_as('agent')) AND procedure = ANY ((SELECT served_procedures())::text[]));
GRANT SELECT, INSERT ON campaign TO guichet_app;
CREATE POLICY campaign_worker ON campaign TO guichet_worker USING (true);
GRANT SELECT ON campaign TO guichet_worker;
GRANT UPDATE (told) ON campaign TO guichet_worker;

-- Whoever files must be told when it is possible: its dates, and nothing of its budget.
CREATE FUNCTION campaign_windows(p_procedure text)
RETURNS TABLE (title text, opens timestamptz, closes timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.title, c.opens, c.closes FROM campaign c WHERE c.procedure = p_procedure ORDER BY c.opens;
$$;
REVOKE ALL ON FUNCTION campaign_windows(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION campaign_windows(text) TO guichet_app, guichet_worker;
