"""What somebody wrote in an act, and for whom: each text of an event is told here, or says why it is told elsewhere.

A text that nobody is shown was written for nothing: `tests/api/test_written.py` goes through every event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from domain.dossier import Dossier
from domain.explained.derivation import Viewer
from domain.happened import Event
from domain.held_back import held_back
from domain.steps.completeness_events import PiecesRequested
from domain.worded import N_, Sentence, Verbatim

Readers = Literal["everybody", "agents"]


@dataclass(frozen=True, slots=True)
class Told:
    """A field of an event: what it is, as its readers see it, and who they are."""

    label: str
    readers: Readers = "everybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text that somebody wrote, and what it is."""

    label: str
    text: str


EVIDENCE = Told(N_("Preuve"))
"""Of any fact that was written down after it happened."""
LAW, FACT = Told(N_("Motifs en droit")), Told(N_("Motifs en fait"))
TEXTS: Mapping[str, Mapping[str, Told]] = {
    "proposal_answered": {"text": Told(N_("Changements demandés"))},
    # Before the decision, an opinion is the service's own: it is communicable after (CRPA L311-2).
    "opinion_given": {"text": Told(N_("Ce que dit l'avis"), "agents")},
    "visa_refused": {"reasons": Told(N_("Motifs du refus de visa"), "agents")},
    "withdrawn": {"reason": Told(N_("Raison du retrait"))},
    "renounced": {"reason": Told(N_("Raison de la renonciation"))},
    "transmitted": {"reasons": Told(N_("Motifs de la transmission"))},
    "decided": {"reasons_law": LAW, "reasons_fact": FACT, "signatory": Told(N_("Signataire"))},
    "decision_cancelled": {"reasons": Told(N_("Ce qui a été signé par erreur"), "agents")},
    "decision_rectified": {"error": Told(N_("Il était écrit")), "instead": Told(N_("Il faut lire"))},
    "revocation_intended": {"reasons": Told(N_("Motifs annoncés"))},
    "observations_given": {"text": Told(N_("Observations de la personne"))},
    "decision_revoked": {
        "reasons_law": LAW,
        "reasons_fact": FACT,
        "request": Told(N_("Preuve de sa demande")),
        "signatory": Told(N_("Signataire")),
    },
    "visa_given": {"agent_name": Told(N_("Visa donné par"), "agents")},
    "taken": {"agent_name": Told(N_("En charge"))},
    "migrated": {"text": Told(N_("Ce qui fonde le changement de version"))},
}
ELSEWHERE: Mapping[tuple[str, str], str] = {
    ("*", "article"): "beside each entry, as its article",
    ("*", "kind"): "a code, said by the entry's sentence",
    ("message_sent", "text"): "a message, among the messages",
    ("migrated", "plan"): "the whole version: its number is in the sentence, its texts are the procedure's",
    ("migrated", "sha256"): "the version's own hash, for `guichet verify`",
    ("decided", "outcome"): "a key: the sentence says the outcome's title",
    ("payment_ordered", "part"): "a key: the sentence says the part's title",
    ("paid", "part"): "a key: the sentence says the part's title",
    ("piece_received", "piece"): "a key: the sentence says the piece's title",
    ("pieces_requested", "pieces"): "keys: the sentence says their titles, `written` the reason of each",
    ("pieces_requested", "why"): "the sentence says it in words that other languages have",
    ("appeal_lodged", "of"): "a key: the sentence says the way's title",
    ("appeal_concluded", "of"): "a key: the sentence says the way's title",
}
"""Texts that are no text of somebody's, or that their readers find elsewhere: where, and why."""


def written(event: Event, dossier: Dossier, viewer: Viewer) -> tuple[Written, ...]:
    """The texts of that event that this audience is shown; none while its decision has not reached the person."""
    if held_back(event, dossier, viewer):
        return ()
    return tuple(_written(event, dossier, viewer))


def _written(event: Event, dossier: Dossier, viewer: Viewer) -> Iterator[Written]:
    if isinstance(event, PiecesRequested):
        for asked in event.pieces:
            if asked.reason.strip():
                yield Written(label=_title(dossier, asked.key), text=asked.reason)
    told = {**TEXTS.get(event.kind, {}), "evidence": EVIDENCE}
    for name, field in told.items():
        text = str(getattr(event, name))
        if text.strip() and (field.readers == "everybody" or viewer == "agent"):
            yield Written(label=field.label, text=text)


def _title(dossier: Dossier, key: str) -> str:
    piece = dossier.plan.piece(key)
    return Sentence("Raison, {piece}", piece=piece.title if piece is not None else Verbatim(key))
