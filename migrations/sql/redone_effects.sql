-- An agent has what the machine gave up done again: a failed effect becomes pending, and nothing else of it changes.
CREATE POLICY effect_app_redo ON effect AS RESTRICTIVE FOR UPDATE TO guichet_app
    USING (status = 'failed') WITH CHECK (status = 'pending');
GRANT UPDATE (status) ON effect TO guichet_app;
