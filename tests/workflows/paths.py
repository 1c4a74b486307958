"""Every way a run goes from filing to its end, as pages of an agenda: what is recorded, replayed and fingerprinted."""

from __future__ import annotations

from tests.workflows.book import effect
from workflows.effects import Agenda, Thing

SHORT = 0.01
FILED = Agenda(
    3,
    [
        effect("completeness", "letter:acknowledgement"),
        effect("completeness", "email:filed"),
        effect("always", "webhook", 1),
        effect("always", "webhook", 2),
        effect("always", "webhook", 3),
    ],
)
WAIT = Agenda(3, [], SHORT)
PIECES = Agenda(4, [effect("completeness", "letter:pieces", 4), effect("completeness", "email:pieces", 4)])
REMINDED = Agenda(4, [Thing("reminder", "completeness", "email:pieces_reminder", 4)])
LAPSED = Agenda(4, [Thing("settle", "completeness", "pieces_lapse", 4)])
ASSESS = Agenda(3, [Thing("reminder", "assessment", "tell:assess", 1)])
PROPOSED = Agenda(5, [effect("proposal", "letter:proposal", 5), effect("notice", "notice:proposal", 5)])
ANSWER = Agenda(6, [Thing("reminder", "proposal", "email:answer_proposal", 5)])
PLAN_SILENT = Agenda(6, [Thing("settle", "proposal", "proposal_silence", 6)])
DEEMED = Agenda(7, [effect("proposal", "letter:deemed_refusal", 7), effect("proposal", "email:deemed_refusal", 7)])
LAST_DAY = Agenda(3, [Thing("reminder", "decision", "tell:last_useful_day", 1)])
SILENCE = Agenda(3, [Thing("settle", "decision", "silence", 3)])
SILENT = Agenda(
    4,
    [
        effect("decision", "letter:attestation", 4),
        effect("decision", "email:silence", 4),
        effect("decision", "tell:silence", 4),
    ],
)
DECIDED = Agenda(6, [effect("decision", "letter:decision", 6), effect("notice", "notice:decision", 6)])
UNREAD = Agenda(7, [Thing("reminder", "notice", "email:unread_notice", 6)])
NOTICE_DEEMED = Agenda(7, [Thing("settle", "notice", "notice_deemed", 7)])
WITHDRAWN = Agenda(4, [effect("always", "tell:withdrawn", 4), effect("always", "webhook", 4)])
VOIDED = Agenda(9, [effect("decision", "letter:silence_voided", 9), effect("decision", "incident:silence_voided", 9)])
# The e-mail of the filing is still under way when silence falls: PostgreSQL names it again, it is not begun twice.
WRITING = Agenda(3, FILED.things, SHORT)
MEANWHILE = Agenda(3, [effect("completeness", "email:filed"), *SILENCE.things])
HELD = {"emails-beside": {"email:filed": "silence"}}
FAILING = Agenda(3, [effect("completeness", "letter:complete", 3), effect("completeness", "email:complete", 3)])

EVERYWHERE: dict[str, tuple[Agenda, ...]] = {
    "silence": (FILED, WAIT, LAST_DAY, WAIT, SILENCE, SILENT),
    "decided": (FILED, WAIT, DECIDED, WAIT, UNREAD, NOTICE_DEEMED),
    "withdrawn": (FILED, WITHDRAWN),
    "pieces": (FILED, PIECES, WAIT, REMINDED, LAPSED, WITHDRAWN),
    "late-fact": (FILED, WAIT, SILENCE, SILENT, VOIDED),
    "given-up": (FILED, FAILING),
    "emails-beside": (WRITING, MEANWHILE, SILENT, WITHDRAWN),
}
ASSESSED = {"assessed": (FILED, ASSESS, WAIT, DECIDED)}
PATHS: dict[str, dict[str, tuple[Agenda, ...]]] = {
    "apa-domicile": EVERYWHERE
    | ASSESSED
    | {"deemed-refused": (FILED, ASSESS, PROPOSED, WAIT, ANSWER, PLAN_SILENT, DEEMED)},
    "agrement-assistant-maternel": EVERYWHERE | ASSESSED,
    "acces-documents": EVERYWHERE,
    "any-other": EVERYWHERE | ASSESSED,
}
EVERY = [(slug, path) for slug, paths in PATHS.items() for path in paths]
