"""Every way through a plan that the kernel admits, the shortest first: breadth-first, one act a day, bounded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.act_description import command_of, instant
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.filing import File
from domain.futures.least import least
from domain.futures.simulation import HORIZON, Planned
from domain.kernel import act, next_due
from domain.plan import Plan
from domain.refusals import Refused
from domain.silence import Settle
from domain.steps.convention import Convention
from domain.steps.payment import Payment

A_DAY = "2026-11-23"
MOST_STATES = 2000
NOBODY = ""
DOCUMENT = UUID(int=1)
Example = Mapping[str, Mapping[str, Any]]
# Asked as often as one likes, they lead nowhere that the others do not.
ASIDE = frozenset(
    {"request_pieces", "correct", "extend", "refuse_visa", "read_notice", "make_notice_available", "give_up_notice"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An act by its name and what it says; `NOBODY` when time alone passes, until the next due."""

    act: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def command(self, dossier: Dossier, at: Instant) -> Command:
        """The act as it is said at `at`, completed with the least it can carry."""
        return command_of(self.act, {**least(dossier, self.act, self.data, "agent", at), **self.data})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A dossier, when it got there, by which moves, and the acts that they were.

    `leads_on`: it is over, silence has answered, or somebody or time can still do something about it.
    """

    dossier: Dossier
    at: Instant
    moves: tuple[Move, ...] = ()
    acts: tuple[Planned, ...] = ()
    leads_on: bool = True

    @property
    def last(self) -> str:
        """The last act."""
        return self.moves[-1].act if self.moves else "file"

    @property
    def decided(self) -> str:
        """The outcome decided; empty before a decision."""
        return self.dossier.decision.outcome if self.dossier.decision is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What was explored, the shortest first; `moves` are all those that were tried at each state."""

    plan: Plan
    moves: tuple[Move, ...]
    found: tuple[Way, ...]

    def first(self, wanted: Callable[[Way], bool]) -> Way | None:
        """The shortest way to what is wanted."""
        return next((way for way in self.found if wanted(way)), None)


def explore(plan: Plan, example: Example) -> Ways:
    """Every state of a dossier of this plan, filed complete or without any piece, up to `MOST_STATES`.

    `example` gives the form of the request and what is written for each outcome.
    """
    moves = tuple(moves_of(plan, example))
    queue = list(_filings(plan, example.get("form", {})))
    known = {_key(way.dossier) for way in queue}
    found: list[Way] = []
    while queue and len(found) < MOST_STATES:
        way = queue.pop(0)
        following = [] if way.dossier.closed else list(_following(way, moves))
        found.append(replace(way, leads_on=bool(following) or way.dossier.closed or way.dossier.silence is not None))
        for one in following:
            if (key := _key(one.dossier)) not in known:
                known.add(key)
                queue.append(one)
    return Ways(plan=plan, moves=moves, found=tuple(found))


def moves_of(plan: Plan, example: Example) -> Iterator[Move]:
    """What may be tried: the acts of each step, with each answer that sends a dossier elsewhere; and nothing."""
    for step in plan.steps:
        for name in sorted(step.acts - ASIDE):
            yield from _said(plan, name, example)
    yield Move(act=NOBODY)


def _said(plan: Plan, name: str, example: Example) -> Iterator[Move]:
    match name:
        case "answer_proposal":
            yield from (Move(act=name, data={"answer": answer}) for answer in ("accepted", "changes", "refused"))
        case "record_vote":
            yield from (Move(act=name, data={"adopted": adopted}) for adopted in (True, False))
        case "sign_convention":
            yield from (Move(act=name, data={"party": party}) for party in ("beneficiary", "authority"))
        case "order_payment" if isinstance(step := plan.step_of("payment"), Payment):
            yield from (_ordered(part.key, part.share) for part in step.parts)
        case "decide":
            for outcome in plan.outcomes:
                content = dict(example.get(outcome.form, {})) if outcome.form else {}
                for each in _amounts(plan, content) if outcome.favourable else (content,):
                    yield Move(act=name, data={"outcome": outcome.key, "content": each})
        case _:
            yield Move(act=name)


def _ordered(part: str, share: str) -> Move:
    return Move(act="order_payment", data={"part": part} if share else {"part": part, "amount": "0.01"})


def _amounts(plan: Plan, content: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The content, and the same above what makes a convention necessary."""
    step = plan.step_of("convention")
    if not isinstance(step, Convention) or not step.above:
        return (content,)
    return content, content | {step.amount: str(Decimal(step.above) + 1)}


def filed(plan: Plan, form: Mapping[str, Any], at: Instant, *, pieces: Iterable[str]) -> Way:
    """The way that begins with that filing, these pieces given."""
    filing = File(form=form, pieces=dict.fromkeys(pieces, (DOCUMENT,)), channel="online")
    dossier, _ = act(Dossier(plan=plan), filing, at)
    return Way(dossier=dossier, at=at, acts=(Planned(at=at, command=filing),))


def _filings(plan: Plan, form: Mapping[str, Any]) -> Iterator[Way]:
    required = [piece.key for piece in plan.pieces if piece.required_for(form)]
    for keys in [required, []] if required else [[]]:
        yield filed(plan, form, instant(A_DAY), pieces=keys)


def follow(way: Way, move: Move) -> Way:
    """The way with one move more: an act a day after the last, or the next due. Raises Refused, ValueError."""
    if move.act == NOBODY:
        due = next_due(way.dossier)
        if due is None or due.at > way.at + HORIZON:
            raise Refused("nothing_due", "Rien n'arrive plus de soi-même.")
        return replace(way, dossier=_settled(way.dossier, due.at), at=due.at, moves=(*way.moves, move))
    day = way.at + timedelta(days=1)
    before = _settled(way.dossier, day)
    done = Planned(at=day, command=move.command(before, day))
    after, _ = act(before, done.command, day)
    return replace(way, dossier=after, at=day, moves=(*way.moves, move), acts=(*way.acts, done))


def _following(way: Way, moves: tuple[Move, ...]) -> Iterator[Way]:
    for move in moves:
        with suppress(Refused, ValueError):
            yield follow(way, move)


def _settled(dossier: Dossier, at: Instant) -> Dossier:
    return act(dossier, Settle(), at)[0]


def _key(dossier: Dossier) -> tuple[object, ...]:
    """What tells two states apart: where each step stands, not when it got there."""
    proposal, decision, opinion = dossier.proposal, dossier.decision, dossier.opinion
    return (
        dossier.status,
        dossier.complete is not None,
        dossier.acknowledged is not None,
        dossier.assessed is not None,
        dossier.owed(),
        proposal and (proposal.final, proposal.received is not None, proposal.answer, proposal.silent),
        opinion and opinion.given is not None,
        len(dossier.visas),
        dossier.vote and dossier.vote.adopted,
        decision and (decision.outcome, decision.notified is not None, repr(decision.content)),
        dossier.silence and dossier.silence.effect,
        dossier.convention and (dossier.convention.beneficiary is None, dossier.convention.authority is None),
        tuple((payment.part, payment.paid is None) for payment in dossier.payments),
        dossier.report is not None,
    )
