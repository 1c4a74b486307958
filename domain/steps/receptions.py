"""What is dated by the last of several receptions, so that one of them may be dated anew as if it always had been.

Kept of entries that say how they were entered: a state folded from older ones holds nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.calendar import Instant, civil
from domain.clock.history import annuls
from domain.clock.reckoning import reckon
from domain.clock.terms import Fact, FactKind
from domain.dossier import Dossier
from domain.states import Dated, Rest

Left = tuple[tuple[Dated, ...], Instant | None]
"""The facts and the completeness that such an event leaves."""
NOTHING: Left = ((), None)


def rest(dossier: Dossier, keys: tuple[str, ...]) -> Rest:
    """What stands before an event that rests on the receptions of those pieces; `dossier` has its number."""
    on = {key: dossier.received[key] for key in keys if key in dossier.received}
    first = next((each.complete for each in reversed(dossier.rests) if each.complete is not None), dossier.complete)
    asked = tuple(sorted({key for request in dossier.requests for key in request.asked}))
    return Rest(seq=dossier.seq, cause=dossier.seq, on=on, facts=dossier.facts, complete=first, asked=asked)


def leaves(dossier: Dossier, before: Rest, at: Instant, complete: Instant | None) -> Left:
    """What that event leaves once it is dated `at`, where the file was `complete` since then.

    A request made when what it asks for was already there moved nothing: its fact goes.
    """
    if before.completes:
        return (*before.facts, _dated("complete", at, before)), at
    needless = {each.seq for each in before.facts if each.seq in before.moving and each.fact.on > civil(at)}
    facts, counts = tuple(each for each in before.facts if each.seq not in needless), len(needless) < len(before.moving)
    if counts:
        facts = (*facts, _dated("pieces_provided", at, before))
    again = annuls(dossier.plan.clock) and complete is not None and (counts or _held_back(dossier, before))
    return facts, at if again else complete


def dated_anew(dossier: Dossier, piece: str, on: Instant) -> Dossier:
    """The dossier as it would be, had that piece's last arrival been entered with the date `on` from the start."""
    came, rests, was, now = dossier.arrivals[piece].seq, list[Rest](), NOTHING, NOTHING
    for each in dossier.rests:
        rests_on_it = piece in each.on and each.seq > came
        moved = replace(each, on={**each.on, piece: on}) if rests_on_it else each
        moved = replace(moved, facts=_behind(each.facts, was, now), complete=_first(rests, each))
        if _date(dossier, moved) != _date(dossier, each):
            moved = replace(moved, cause=dossier.seq)
        since = (each.complete, moved.complete) if was[1] is None else (was[1], now[1])
        was = leaves(dossier, each, _date(dossier, each), since[0])
        now = leaves(dossier, moved, _date(dossier, moved), since[1])
        rests.append(replace(moved, complete=now[1]) if each.completes else moved)
    return replace(
        dossier,
        received={**dossier.received, piece: on},
        rests=tuple(rests),
        facts=_behind(dossier.facts, was, now),
        complete=now[1] if dossier.complete == was[1] else dossier.complete,
    )


def completions(dossier: Dossier, seq: int) -> tuple[Instant, ...]:
    """Since when the file was complete, each time that it came to be, until that entry, as receptions are dated now."""
    found: list[Instant] = []
    for each in dossier.rests:
        if not found and each.complete is not None and not each.completes:
            found.append(each.complete)
        if each.seq > seq:
            break
        left = leaves(dossier, each, _date(dossier, each), found[-1] if found else None)[1]
        found.extend([left] if left is not None else [])
    return tuple(found) or ((dossier.complete,) if dossier.complete is not None else ())


def _date(dossier: Dossier, of: Rest) -> Instant:
    last: Instant = max(of.on.values())
    competent = dossier.competent if of.completes and annuls(dossier.plan.clock) else None
    return last if competent is None else max(last, competent)


def _first(before: Sequence[Rest], each: Rest) -> Instant | None:
    """Since when the file was first complete, once that was dated anew; what each says itself where nothing was."""
    completed = next((one.complete for one in before if one.completes), None)
    return each.complete if completed is None else completed


def _behind(facts: tuple[Dated, ...], was: Left, now: Left) -> tuple[Dated, ...]:
    """What came after, behind what now comes before it."""
    return now[0] + facts[len(was[0]) :]


def _dated(kind: FactKind, at: Instant, by: Rest) -> Dated:
    return Dated(fact=Fact(on=civil(at), kind=kind), seq=by.cause)


def _held_back(dossier: Dossier, before: Rest) -> bool:
    """Whether a piece that a text requires was asked for before the delay began: the file was not complete."""
    facts = [each.fact for each in before.facts]
    return any(dossier.requires(key) for key in before.asked) and reckon(dossier.plan.clock, facts).started is None
