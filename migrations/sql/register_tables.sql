-- Dossiers, journal, queues, effects, drafts, readings, the legal clock, mandates, webhooks.

CREATE SEQUENCE dossier_number;

CREATE TABLE access_head (
    day DATE NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_access_head PRIMARY KEY (day)
);

CREATE TABLE draft (
    id UUID NOT NULL,
    procedure TEXT NOT NULL,
    form_version INTEGER NOT NULL,
    resident UUID,
    organisation UUID,
    mandate UUID,
    version INTEGER NOT NULL,
    content BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id)
);
CREATE INDEX ix_draft_mandate ON draft (mandate, updated_at, id);
CREATE INDEX ix_draft_resident ON draft (resident, updated_at, id);

CREATE TABLE idempotency (
    actor UUID NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    request BYTEA NOT NULL,
    status INTEGER NOT NULL,
    body BYTEA NOT NULL,
    dossier UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (actor, route, key)
);
CREATE INDEX ix_idempotency_dossier ON idempotency (dossier);

CREATE TABLE legal_clock (
    one SMALLINT NOT NULL,
    mode TEXT NOT NULL,
    ahead INTERVAL NOT NULL,
    fixed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_legal_clock PRIMARY KEY (one),
    CONSTRAINT ck_legal_clock_one CHECK (one = 1),
    CONSTRAINT ck_legal_clock_mode CHECK (mode IN ('runs', 'offset', 'fixed')),
    CONSTRAINT ck_legal_clock_fixed CHECK ((mode = 'fixed') = (fixed_at IS NOT NULL))
);

CREATE TABLE mandate (
    id UUID NOT NULL,
    organisation UUID NOT NULL,
    resident UUID NOT NULL,
    resident_sealed BYTEA NOT NULL,
    mediator UUID NOT NULL,
    procedures TEXT[] NOT NULL,
    starts TIMESTAMP WITH TIME ZONE NOT NULL,
    ends TIMESTAMP WITH TIME ZONE NOT NULL,
    duration TEXT NOT NULL,
    consent TEXT NOT NULL,
    consented_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    revoked_by TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_mandate PRIMARY KEY (id),
    CONSTRAINT ck_mandate_lasts CHECK (starts < ends),
    CONSTRAINT ck_mandate_scoped CHECK (cardinality(procedures) > 0)
);
CREATE INDEX ix_mandate_organisation ON mandate (organisation, ends, id);
CREATE INDEX ix_mandate_resident ON mandate (resident, ends, id);

CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload JSONB DEFAULT '{}' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    claimed_until TIMESTAMP WITH TIME ZONE,
    attempts INTEGER DEFAULT '0' NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_outbox PRIMARY KEY (id)
);
CREATE INDEX ix_outbox_unsent ON outbox (id) WHERE sent_at IS NULL;

CREATE TABLE pinned_plan (
    sha256 BYTEA NOT NULL,
    procedure TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_pinned_plan PRIMARY KEY (sha256)
);

CREATE TABLE published (
    sha256 BYTEA NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_published PRIMARY KEY (sha256)
);

CREATE TABLE webhook_endpoint (
    id UUID NOT NULL,
    system UUID NOT NULL,
    url TEXT NOT NULL,
    procedures TEXT[] NOT NULL,
    secret BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    disabled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_webhook_endpoint PRIMARY KEY (id)
);
CREATE INDEX ix_webhook_endpoint_system ON webhook_endpoint (system);

CREATE TABLE dossier (
    id UUID NOT NULL,
    reference TEXT NOT NULL,
    procedure TEXT NOT NULL,
    plan BYTEA NOT NULL,
    resident UUID,
    organisation UUID,
    mandate UUID,
    system UUID,
    version INTEGER NOT NULL,
    acts INTEGER NOT NULL,
    head BYTEA NOT NULL,
    state BYTEA,
    filed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    taken_over_at TIMESTAMP WITH TIME ZONE,
    purged_at TIMESTAMP WITH TIME ZONE,
    purged_ground TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT pk_dossier PRIMARY KEY (id),
    CONSTRAINT uq_dossier_reference UNIQUE (reference),
    CONSTRAINT fk_dossier_plan_pinned_plan FOREIGN KEY(plan) REFERENCES pinned_plan (sha256)
);
CREATE INDEX ix_dossier_mandate ON dossier (mandate, filed_at, id);
CREATE INDEX ix_dossier_procedure ON dossier (procedure, recorded_at, id);
CREATE INDEX ix_dossier_resident ON dossier (resident, filed_at, id);
CREATE INDEX ix_dossier_system ON dossier (system, recorded_at, id);

CREATE TABLE access_log (
    day DATE NOT NULL,
    seq BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    dossier UUID NOT NULL,
    audience TEXT NOT NULL,
    actor UUID,
    mandate UUID,
    what TEXT NOT NULL,
    object TEXT DEFAULT '' NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_access_log PRIMARY KEY (day, seq),
    CONSTRAINT fk_access_log_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX ix_access_log_dossier ON access_log (dossier, at);

CREATE TABLE carried (
    dossier UUID NOT NULL,
    seq INTEGER NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_carried PRIMARY KEY (dossier),
    CONSTRAINT fk_carried_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);

CREATE TABLE clock (
    dossier UUID NOT NULL,
    plan BYTEA NOT NULL,
    seq INTEGER NOT NULL,
    step TEXT NOT NULL,
    status TEXT NOT NULL,
    closed BOOLEAN NOT NULL,
    ledger JSONB NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    due_kind TEXT,
    due_article TEXT,
    CONSTRAINT pk_clock PRIMARY KEY (dossier),
    CONSTRAINT fk_clock_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id),
    CONSTRAINT fk_clock_plan_pinned_plan FOREIGN KEY(plan) REFERENCES pinned_plan (sha256)
);
CREATE INDEX ix_clock_due ON clock (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE effect (
    dossier UUID NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    position SMALLINT NOT NULL,
    status TEXT DEFAULT 'pending' NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE,
    last_error_code TEXT,
    done_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_effect PRIMARY KEY (dossier, seq, kind),
    CONSTRAINT ck_effect_status CHECK (status IN ('pending', 'done', 'failed', 'superseded')),
    CONSTRAINT fk_effect_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX ix_effect_pending ON effect (dossier, seq, position) WHERE status = 'pending';

CREATE TABLE incident (
    id UUID NOT NULL,
    dossier UUID NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    closed_by UUID,
    CONSTRAINT pk_incident PRIMARY KEY (id),
    CONSTRAINT uq_incident_dossier_seq_kind UNIQUE (dossier, seq, kind),
    CONSTRAINT fk_incident_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);

CREATE TABLE journal (
    dossier UUID NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effective TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id UUID,
    mandate UUID,
    command_id UUID,
    part SMALLINT NOT NULL,
    command_digest BYTEA,
    note TEXT,
    body BYTEA,
    digest BYTEA NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (dossier, seq),
    CONSTRAINT fk_journal_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX ix_journal_recorded ON journal (recorded_at);
CREATE UNIQUE INDEX uq_journal_command ON journal (command_id, part) WHERE command_id IS NOT NULL;

CREATE TABLE letter (
    id UUID NOT NULL,
    dossier UUID NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    object_key TEXT NOT NULL,
    locked BOOLEAN NOT NULL,
    size INTEGER NOT NULL,
    digest BYTEA NOT NULL,
    template BYTEA NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_letter PRIMARY KEY (id),
    CONSTRAINT uq_letter_dossier_seq_kind UNIQUE (dossier, seq, kind),
    CONSTRAINT fk_letter_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);

CREATE TABLE queue_row (
    dossier UUID NOT NULL,
    reference TEXT NOT NULL,
    procedure TEXT NOT NULL,
    office TEXT NOT NULL,
    commune TEXT,
    epci TEXT,
    status TEXT NOT NULL,
    closed BOOLEAN NOT NULL,
    filed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    agent UUID,
    fields JSONB NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_queue_row PRIMARY KEY (dossier),
    CONSTRAINT fk_queue_row_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX ix_queue_row_agent ON queue_row (agent, closed, due_at, dossier);
CREATE INDEX ix_queue_row_due ON queue_row (procedure, closed, due_at, dossier);
CREATE INDEX ix_queue_row_filed ON queue_row (procedure, closed, filed_at, dossier);
CREATE INDEX ix_queue_row_reference ON queue_row (reference);

CREATE TABLE search_token (
    dossier UUID NOT NULL,
    token BYTEA NOT NULL,
    procedure TEXT NOT NULL,
    CONSTRAINT pk_search_token PRIMARY KEY (dossier, token),
    CONSTRAINT fk_search_token_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX ix_search_token ON search_token (token, procedure, dossier);

CREATE TABLE webhook_delivery (
    id UUID NOT NULL,
    endpoint UUID NOT NULL,
    dossier UUID NOT NULL,
    seq INTEGER NOT NULL,
    status TEXT DEFAULT 'pending' NOT NULL,
    attempts INTEGER DEFAULT '0' NOT NULL,
    last_code TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    delivered_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_webhook_delivery PRIMARY KEY (id),
    CONSTRAINT ck_webhook_delivery_status CHECK (status IN ('pending', 'delivered', 'failed')),
    CONSTRAINT uq_webhook_delivery_endpoint_dossier_seq UNIQUE (endpoint, dossier, seq),
    CONSTRAINT fk_webhook_delivery_endpoint_webhook_endpoint FOREIGN KEY(endpoint) REFERENCES webhook_endpoint (id),
    CONSTRAINT fk_webhook_delivery_dossier_dossier FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX ix_webhook_delivery_pending ON webhook_delivery (id) WHERE status = 'pending';

