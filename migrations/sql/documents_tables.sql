-- Documents people send. A row is written before its object and outlives it.
CREATE TABLE document (
    id UUID NOT NULL,
    dossier UUID NOT NULL,
    piece TEXT DEFAULT 'free' NOT NULL,
    status TEXT DEFAULT 'receiving' NOT NULL,
    reason TEXT,
    facts BYTEA,
    quarantine TEXT,
    vault TEXT,
    actor_kind TEXT NOT NULL,
    actor UUID,
    mandate UUID,
    idempotency_key TEXT,
    claimed_until TIMESTAMP WITH TIME ZONE,
    attempts INTEGER DEFAULT '0' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    checked_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT ck_document_status CHECK (status IN ('receiving', 'waiting', 'clean', 'not_scanned', 'refused', 'infected', 'deleted', 'lost')),
    CONSTRAINT ck_document_read_from_vault CHECK (status NOT IN ('clean', 'not_scanned') OR vault IS NOT NULL),
    CONSTRAINT uq_document_dossier_actor_idempotency_key UNIQUE (dossier, actor, idempotency_key),
    CONSTRAINT uq_document_quarantine UNIQUE (quarantine),
    CONSTRAINT uq_document_vault UNIQUE (vault)
);
CREATE INDEX ix_document_checked ON document (checked_at) WHERE vault IS NOT NULL;
CREATE INDEX ix_document_dossier ON document (dossier, created_at, id);
CREATE INDEX ix_document_unsettled ON document (created_at) WHERE quarantine IS NOT NULL;
