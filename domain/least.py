"""The least that an act can carry, as the state of the dossier makes it likeliest: what an imagined act leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from domain.actors import ActorKind
from domain.admitted import probe_of
from domain.calendar import Instant
from domain.commands import Decide
from domain.dossier import Dossier
from domain.steps.decision import first_awaited
from domain.strict_json import shown
from domain.worded import Sentence, Verbatim

Data = Mapping[str, Any]

DOCUMENT = UUID(int=1)
STAND_INS: Mapping[str, Data] = {"provide_piece": {"documents": (DOCUMENT,)}, "take": {"agent": DOCUMENT}}
"""What identifies somebody or something outside the dossier: any will do."""
_REASON = "Motif imaginé."
_NAMES = {"agent": "un agent", "documents": "un document", "appeal": "un recours"}


def least(dossier: Dossier, act: str, given: Data, by: ActorKind, at: Instant) -> dict[str, Any]:
    """The fields that `given` leaves out and that the act cannot do without at `at`; `dossier` is settled."""
    written = {"sender": "agent" if by == "agent" else "resident", "text": "Message imaginé."}
    of_state = written if act == "send_message" else _of_state(dossier, act, given)
    needed = {**_of_probe(dossier, act, by), **STAND_INS.get(act, {}), **of_state, **_of_appeal(dossier, act, at)}
    if given.get("effective") is not None:
        needed |= {"channel": "registered_mail", "evidence": "Preuve imaginée."}
    return {name: value for name, value in needed.items() if name not in given}


def _of_probe(dossier: Dossier, act: str, by: ActorKind) -> dict[str, Any]:
    """What the probe of that act carries beyond the defaults."""
    probe = probe_of(dossier, act, by)
    if probe is None:
        return {}
    carried = {each.name: (getattr(probe, each.name), each) for each in fields(probe) if each.name != "kind"}
    return {
        name: _REASON if value == "." else value
        for name, (value, each) in carried.items()
        if (each.default is MISSING and each.default_factory is MISSING) or value not in (each.default, {}, ())
    }


def _of_state(dossier: Dossier, act: str, given: Data) -> dict[str, Any]:
    match act:
        case "request_pieces":
            return {"pieces": {_piece(dossier): _REASON}}
        case "provide_piece":
            return {"piece": _piece(dossier)}
        case "decide":
            return _decision(dossier, given)
        case "give_visa" | "refuse_visa":
            # Four eyes: never twice the same person.
            return {"agent": UUID(int=dossier.seq + 2)}
        case "file" | "correct":
            return {"form": dossier.form}
        case "correct_date":
            return {"channel": "registered_mail", "evidence": "Preuve imaginée."}
        case "cease_document":
            held = (document for documents in dossier.pieces.values() for document in documents)
            return {"document": next(held, DOCUMENT), "cause": "lost"}
        case "make_notice_available":
            return _notice(dossier)
        case "give_up_notice":
            return {"target": _notice(dossier)["target"], "why": "away"}
    return {}


def _of_appeal(dossier: Dossier, act: str, at: Instant) -> dict[str, Any]:
    """What another dossier, the appeal's own, would say of itself."""
    if act == "lodge_appeal":
        return {"appeal": DOCUMENT, "of": next((each.kind for each in dossier.plan.appeals), ""), "filed": at}
    if act == "conclude_appeal":
        lodged = next((each.appeal for each in dossier.appeals if each.ended is None), DOCUMENT)
        return {"appeal": lodged, "conclusion": "refused", "ended": at}
    return {}


def _piece(dossier: Dossier) -> str:
    """The first piece still owed, else the first that is required, else the first."""
    required = (piece.key for piece in dossier.plan.pieces if piece.required_for(dossier.form))
    every = (piece.key for piece in dossier.plan.pieces)
    return next((key for keys in (dossier.missing(), required, every) for key in keys), "")


def _decision(dossier: Dossier, given: Data) -> dict[str, Any]:
    likeliest = _likeliest(dossier)
    outcome = dossier.plan.outcome(str(given.get("outcome", likeliest)))
    reasons = {"reasons_law": _REASON, "reasons_fact": _REASON} if outcome and outcome.reasons_required else {}
    return {"outcome": likeliest, **reasons}


def _likeliest(dossier: Dossier) -> str:
    """What is asked for, once its steps are done; before, the outcome that waits for the fewest."""
    ready = (o.key for o in dossier.plan.outcomes if o.favourable and first_awaited(dossier, o) is None)
    probe = probe_of(dossier, "decide", "agent")
    return next(ready, probe.outcome if isinstance(probe, Decide) else "")


def _notice(dossier: Dossier) -> dict[str, Any]:
    if dossier.decision is not None:
        return {"of": "decision", "target": dossier.decision.seq}
    return {"of": "proposal", "target": dossier.proposal.seq if dossier.proposal is not None else 0}


def in_words(added: Data) -> str:
    """`données minimales : piece = "rib", documents = un document`; empty when nothing was added."""
    if not added:
        return ""
    told = (f"{name} = {_NAMES.get(name) or shown(_plain(value))}" for name, value in added.items())
    return Sentence("données minimales : {added}", added=Verbatim(", ".join(told)))


def _plain(value: Any) -> Any:
    if isinstance(value, Instant):
        return value.isoformat()
    return to_jsonable_python(value)
