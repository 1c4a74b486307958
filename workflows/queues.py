"""Task queues, workflow ids and types, as relay, workers and workflows all name them."""

DOSSIER = "dossier"
EFFECTS = "effects"
BULK = "bulk"
QUEUES = (DOSSIER, EFFECTS, BULK)

# The workflows of webhooks and documents are many and patient: they live on the queue where they delay nobody.
QUEUE_OF_KIND = {
    "dossier": DOSSIER,
    "notice": DOSSIER,
    "mandate": DOSSIER,
    "campaign": DOSSIER,
    "webhook": BULK,
    "document": BULK,
}


def beside(own: str, name: str) -> str:
    """The queue `name` that has the same prefix as `own`; without one when `own` is not ours (a replayer's)."""
    for known in QUEUES:
        if own.endswith(known):
            return own.removesuffix(known) + name
    return name


def workflow_id(kind: str, subject: str) -> str:
    """`dossier/<id>`, `notice/<dossier>/<seq>`, `webhook/<delivery>`, `mandate/<id>`, `campaign/<id>`…."""
    return f"{kind}/{subject}"
