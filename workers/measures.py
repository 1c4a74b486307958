"""What the worker's process counts, for Prometheus: no label ever names a person or a dossier."""

from prometheus_client import Counter, Gauge

INCIDENTS = Counter("guichet_incidents_total", "Incidents opened for an agent.", ["code"])
RELAYED = Counter("guichet_outbox_relayed_total", "Outbox rows turned into signals.", ["kind"])
RELAY_FAILURES = Counter("guichet_outbox_failures_total", "Attempts to relay that failed.", ["kind"])
OUTBOX_LAG = Gauge("guichet_outbox_oldest_seconds", "Age of the oldest outbox row not sent.")
RECONCILED = Counter("guichet_reconciled_total", "Signals sent because something was late.", ["cause"])
LATE = Gauge("guichet_late", "How many things each reconciler found late at its last look.", ["cause"])
EFFECTS = Counter("guichet_effects_total", "Effects, by how they ended.", ["kind", "how"])
RECONCILER_FAILURES = Counter("guichet_reconciler_failures_total", "Looks of a reconciler that failed.", ["cause"])
