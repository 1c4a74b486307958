-- A page that answers a form is kept an hour, sealed by the master key, for whoever sent it. The identifier is drawn at
-- random and shown in their address alone; whose it is stands inside.
CREATE TABLE kept_page (
    id UUID NOT NULL,
    sealed BYTEA NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_kept_page PRIMARY KEY (id)
);
CREATE INDEX ix_kept_page_expires_at ON kept_page (expires_at);
ALTER TABLE kept_page ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY kept_page_owner ON kept_page TO CURRENT_USER USING (true);
CREATE POLICY kept_page_pages ON kept_page TO guichet_app
    USING ((SELECT current_setting('app.audience', true)) = 'anonymous');
GRANT SELECT, INSERT, DELETE ON kept_page TO guichet_app;
