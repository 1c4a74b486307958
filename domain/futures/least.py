"""The least that an act can carry, as the state of the dossier makes it likeliest: what an imagined act leaves out."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from pydantic_core import to_jsonable_python

from domain.actors import ActorKind
from domain.admissibility import probe_of
from domain.calendar import Instant
from domain.command import IMAGINED, PROOF
from domain.commands import COMMANDS
from domain.dossier import Dossier
from domain.sentence import Sentence, Verbatim
from domain.strict_json import shown

Data = Mapping[str, Any]

_NAMES = {"agent": "un agent", "documents": "un document", "appeal": "un recours"}


def least(dossier: Dossier, act: str, given: Data, by: ActorKind, at: Instant) -> dict[str, Any]:
    """The fields that `given` leaves out and that the act cannot do without at `at`; `dossier` is settled."""
    command = COMMANDS[act]
    needed = {**_of_probe(dossier, act, by), **command.stand_ins, **command.fork_defaults(dossier, given, by, at)}
    if given.get("effective") is not None:
        needed |= {"channel": "registered_mail", "evidence": PROOF}
    return {name: value for name, value in needed.items() if name not in given}


def _of_probe(dossier: Dossier, act: str, by: ActorKind) -> dict[str, Any]:
    """What the probe of that act carries beyond the defaults."""
    probe = probe_of(dossier, act, by)
    if probe is None:
        return {}
    carried = {each.name: (getattr(probe, each.name), each) for each in fields(probe) if each.name != "kind"}
    return {
        name: IMAGINED if value == "." else value
        for name, (value, each) in carried.items()
        if (each.default is MISSING and each.default_factory is MISSING) or value not in (each.default, {}, ())
    }


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
