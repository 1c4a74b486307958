-- OpenID Connect identities bound to accounts; sessions remember by which provider they were opened.

CREATE TABLE account_identity (
    audience TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject_hash BYTEA NOT NULL,
    account UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_account_identity PRIMARY KEY (audience, issuer, subject_hash),
    CONSTRAINT fk_account_identity_account_account FOREIGN KEY(account) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT uq_account_identity_account_issuer UNIQUE (account, issuer)
);

-- What signing out at the provider asks for; it goes with the session.
ALTER TABLE session ADD COLUMN provider TEXT, ADD COLUMN id_token_sealed BYTEA;
GRANT UPDATE (provider, id_token_sealed) ON session TO guichet_app;

-- Asked before there is a subject: one row for one digest, and nothing without it.
CREATE FUNCTION identity_of_subject(p_audience text, p_issuer text, p_subject_hash bytea)
RETURNS TABLE (account uuid, disabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.disabled_at IS NOT NULL
    FROM account_identity i JOIN account a ON a.id = i.account AND a.audience = i.audience
    WHERE i.audience = p_audience AND i.issuer = p_issuer AND i.subject_hash = p_subject_hash;
$$;
REVOKE ALL ON FUNCTION identity_of_subject(text, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_of_subject(text, text, bytea) TO guichet_app;

ALTER TABLE account_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY account_identity_owner ON account_identity TO CURRENT_USER USING (true);
CREATE POLICY account_identity_self ON account_identity TO guichet_app
    USING (account = (SELECT nullif(current_setting('app.subject', true), '')::uuid))
    WITH CHECK (account = (SELECT nullif(current_setting('app.subject', true), '')::uuid)
                AND audience = (SELECT current_setting('app.audience', true)));
GRANT SELECT, INSERT ON account_identity TO guichet_app;
