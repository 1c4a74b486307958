"""What an act would change, before doing it: the same request, forked one minute on. Nothing is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from api.forks import ForkIn, forked
from api.http.problems import Problem
from api.shown.clock import DueOut
from api.shown.fork import FutureLineOut
from domain.act_description import fields_of
from web.agents.dossier_view import DossierView

A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFork:
    """What would happen at once, and how the clock would then stand; `cannot` says why it cannot be imagined."""

    lines: tuple[FutureLineOut, ...] = ()
    status_label: str = ""
    born_before: date | None = None
    born: date | None = None
    next: DueOut | None = None
    cannot: str = ""


def fork_of_act(one: DossierView, act: str, body: Mapping[str, Any]) -> ActFork:
    """What this act would change now."""
    data = {name: value for name, value in body.items() if name in fields_of(act)}
    at = one.seen.at.isoformat()
    asked = {"until": (one.seen.at + A_MINUTE).isoformat(), "then": [{"at": at, "act": act, "data": data}]}
    try:
        told = forked(one.seen, ForkIn.model_validate(asked), "agent")
    except Problem as problem:
        return ActFork(cannot=problem.detail)
    return ActFork(
        lines=tuple(line for line in told.lines if line.basis == "imagined"),
        status_label=told.status_label,
        born_before=one.shown.clock.born,
        born=told.clock.born,
        next=told.next,
    )
