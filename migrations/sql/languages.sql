-- The language of the page by which a resident signed in last: their e-mails are in French, then in it.
ALTER TABLE account ADD COLUMN language TEXT;
ALTER TABLE account ADD CONSTRAINT ck_account_language CHECK (language IN ('fr', 'br', 'en'));

GRANT UPDATE (language) ON account TO guichet_app;
GRANT SELECT (language) ON account TO guichet_worker;
