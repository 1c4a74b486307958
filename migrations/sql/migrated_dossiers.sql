-- A dossier may follow another version since an act said so: `plan`, on which its chain begins, stays as pinned at filing.

ALTER TABLE dossier ADD COLUMN migrated_to BYTEA
    CONSTRAINT fk_dossier_migrated_to_pinned_plan REFERENCES pinned_plan (sha256);
GRANT UPDATE (migrated_to) ON dossier TO guichet_app;
GRANT UPDATE (plan) ON clock TO guichet_app;
GRANT UPDATE (office) ON queue_row TO guichet_app;
