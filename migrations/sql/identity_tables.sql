-- Accounts, sessions, codes, groups, organisations, systems, rate limits, the administrators' log.

CREATE TABLE organisation (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    siret TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_organisation PRIMARY KEY (id),
    CONSTRAINT uq_organisation_siret UNIQUE (siret)
);

CREATE TABLE account (
    id UUID NOT NULL,
    audience TEXT NOT NULL,
    email_hash BYTEA NOT NULL,
    email_sealed BYTEA NOT NULL,
    name_sealed BYTEA,
    password_hash TEXT,
    totp_sealed BYTEA,
    totp_last_step BIGINT,
    organisation UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_account PRIMARY KEY (id),
    CONSTRAINT ck_account_audience CHECK (audience IN ('resident', 'agent', 'mediator', 'administrator')),
    CONSTRAINT ck_account_mediators_belong CHECK ((organisation IS NOT NULL) <= (audience = 'mediator')),
    CONSTRAINT uq_account_audience_email_hash UNIQUE (audience, email_hash),
    CONSTRAINT fk_account_organisation_organisation FOREIGN KEY(organisation) REFERENCES organisation (id)
);
CREATE INDEX ix_account_organisation ON account (organisation);

CREATE TABLE session (
    token_hash BYTEA NOT NULL,
    id UUID NOT NULL,
    account UUID NOT NULL,
    device TEXT DEFAULT '' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    idle_seconds INTEGER NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (token_hash),
    CONSTRAINT uq_session_id UNIQUE (id),
    CONSTRAINT fk_session_account_account FOREIGN KEY(account) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_session_account ON session (account);

CREATE TABLE sign_in_code (
    id UUID NOT NULL,
    email_sealed BYTEA NOT NULL,
    code_hash BYTEA NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_sign_in_code PRIMARY KEY (id)
);
CREATE INDEX ix_sign_in_code_expires_at ON sign_in_code (expires_at);

CREATE TABLE agent_group (
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_agent_group PRIMARY KEY (slug)
);

CREATE TABLE group_procedure (
    group_slug TEXT NOT NULL,
    procedure TEXT NOT NULL,
    CONSTRAINT pk_group_procedure PRIMARY KEY (group_slug, procedure),
    CONSTRAINT fk_group_procedure_group_slug_agent_group FOREIGN KEY(group_slug) REFERENCES agent_group (slug) ON DELETE CASCADE
);

CREATE TABLE group_member (
    account UUID NOT NULL,
    group_slug TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_group_member PRIMARY KEY (account, group_slug),
    CONSTRAINT ck_group_member_role CHECK (role IN ('reader', 'instructor', 'signatory')),
    CONSTRAINT fk_group_member_account_account FOREIGN KEY(account) REFERENCES account (id) ON DELETE CASCADE,
    CONSTRAINT fk_group_member_group_slug_agent_group FOREIGN KEY(group_slug) REFERENCES agent_group (slug) ON DELETE CASCADE
);
CREATE INDEX ix_group_member_group_slug ON group_member (group_slug);

CREATE TABLE external_system (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_external_system PRIMARY KEY (id),
    CONSTRAINT uq_external_system_name UNIQUE (name)
);

CREATE TABLE system_token (
    id UUID NOT NULL,
    system UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    scopes TEXT[] NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    last_used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_system_token PRIMARY KEY (id),
    CONSTRAINT ck_system_token_scoped CHECK (cardinality(scopes) > 0),
    CONSTRAINT fk_system_token_system_external_system FOREIGN KEY(system) REFERENCES external_system (id),
    CONSTRAINT uq_system_token_token_hash UNIQUE (token_hash)
);
CREATE INDEX ix_system_token_system ON system_token (system);

CREATE TABLE rate_limit (
    bucket BYTEA NOT NULL,
    full_until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_rate_limit PRIMARY KEY (bucket)
);
CREATE INDEX ix_rate_limit_full_until ON rate_limit (full_until);

CREATE TABLE admin_log (
    seq BIGINT GENERATED ALWAYS AS IDENTITY,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    actor UUID,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    detail JSONB DEFAULT '{}' NOT NULL,
    CONSTRAINT pk_admin_log PRIMARY KEY (seq)
);
CREATE INDEX ix_admin_log_target ON admin_log (target, seq);

