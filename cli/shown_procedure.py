"""A procedure as an author reads it: in lines, or in JSON."""

from collections.abc import Iterator
from typing import Any

from pydantic_core import to_jsonable_python

from domain.appeals import appeal_lines
from domain.effects_of_silence import SILENCES
from domain.futures.plan_diff import Change
from domain.plan import Piece, Plan
from domain.serial import PLAN

START = {
    "filed": "du dépôt",
    "complete": "du dossier complet",
    "acknowledged": "de l'accusé de réception du dossier complet",
    "competent": "de la réception par l'autorité compétente",
}
STOPPED = {"decision": "la signature de la décision", "notification": "la notification de la décision"}
SURE = {"A": "lu dans le texte", "B": "copie du texte", "C": "à confirmer", "U": "à confirmer", "": "à confirmer"}


def document(plan: Plan) -> dict[str, Any]:
    """The plan as it is stored with a dossier."""
    told: dict[str, Any] = PLAN.dump_python(plan, mode="json")
    return told


def change_document(change: Change) -> dict[str, Any]:
    """A difference between two versions, for machines."""
    told: dict[str, Any] = to_jsonable_python(
        {"path": change.path, "before": change.before, "after": change.after, "sentence": change.sentence}
    )
    return told


def lines(plan: Plan) -> Iterator[str]:
    """The plan in French, each fact with its text."""
    clock = plan.clock
    yield plan.title
    yield f"  {plan.authority} · {plan.office.name}"
    yield f"  Délai : {clock.delay.in_words()} à compter {START[clock.start]}{_text(clock.reference, clock.confidence)}"
    yield f"  Arrêté par : {STOPPED[clock.stopped_by]} · silence : {SILENCES[clock.silence].noun}"
    yield "  Étapes :"
    for step in plan.steps:
        yield f"    - {step.label}{_text(step.reference, step.confidence)}"
    yield "  Pièces :"
    for piece in plan.pieces:
        yield f"    - {piece.title} : {_when(piece)}{_text(piece.reference, piece.confidence)}"
    yield "  Issues :"
    for outcome in plan.outcomes:
        way = "favorable" if outcome.favourable else "défavorable"
        yield f"    - {outcome.title} ({way}){_text(outcome.reference, 'B')}"
    yield "  Recours :"
    for line in appeal_lines(plan):
        yield f"    - {line}"
    kept = plan.retention
    length = kept.keep.in_words() if kept.keep else "à fixer"
    yield f"  Conservation : {length}{_text((kept.reference,), kept.confidence)}"


def _when(piece: Piece) -> str:
    if piece.required_when:
        return "selon les réponses"
    return "obligatoire" if piece.required else "facultative"


def _text(reference: tuple[str, ...], confidence: str) -> str:
    texts = ", ".join(each for each in reference if each)
    sure = SURE.get(confidence, confidence)
    marked = texts if sure != "à confirmer" or "à confirmer" in texts else f"{texts}, à confirmer".lstrip(", ")
    return f" [{marked}]" if marked else ""
