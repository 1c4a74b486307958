"""For every order of pieces and requests: once a piece is dated anew, all is as if it had been entered so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from domain.calendar import civil, midnight
from domain.clock.second_opinion import audit
from domain.command import Command
from domain.correction import CorrectDate
from domain.dossier import Dossier
from domain.event import Event
from domain.extension import Resume, Suspend
from domain.filing import File
from domain.kernel import act, fold
from domain.refusals import Refused
from domain.serial import DOSSIER, EVENT
from domain.silence import Settle
from domain.steps.pieces import Acknowledge, ProvidePiece, RequestPieces
from tests.domain.telling import DOCUMENT, plan, when
from tests.domain.test_piece_dated_anew import BY_POST, DEEMED, THREE
from tests.long import draws

PLANS = [
    plan("acceptance", pieces=THREE, months=12),
    plan("rejection", start="filed", pieces=THREE, months=12),
    plan("provisional", pieces=THREE, months=12),
    plan("none", start="filed", pieces=THREE, months=12),
    DEEMED,
]
ASKED = st.builds(
    lambda keys: RequestPieces(pieces=dict.fromkeys(keys, "illisible")),
    st.sets(st.sampled_from(["certificat", "photo", "rib"]), min_size=1).map(sorted),
)
KEYS = st.sampled_from(["certificat", "photo", "rib"])
BY_HAND = st.tuples(KEYS, st.integers(0, 20 * 24))
ONLINE = st.tuples(KEYS, st.none())
ACTS = st.tuples(
    ASKED | BY_HAND | BY_HAND | ONLINE | st.sampled_from([Acknowledge(), Suspend(reasons="x"), Resume()]),
    st.integers(0, 200),
)
STORIES = st.tuples(
    st.sampled_from(PLANS),
    st.sets(st.sampled_from(["certificat", "rib"])),
    st.tuples(st.lists(ACTS, max_size=5), st.tuples(BY_HAND, st.integers(0, 200)), st.lists(ACTS, max_size=3)).map(
        lambda parts: [*parts[0], parts[1], *parts[2]]
    ),
)
START = when("2026-11-23")


def told(story: Any, dates: dict[int, Any]) -> tuple[Dossier, list[Event]]:
    """The story, the pieces entered by hand at these ranks being given these dates; refused acts are left out."""
    of, with_it, acts = story
    filed = File(form={}, pieces=dict.fromkeys(sorted(with_it), (DOCUMENT,)), effective=START, **BY_POST)
    dossier, happened = act(Dossier(plan=of), filed, START)
    events, at = list(happened), START
    for rank, (what, hours) in enumerate(acts):
        at += timedelta(hours=hours)
        command: Command = what if not isinstance(what, tuple) else _given(what, dates.get(rank), at)
        try:
            dossier, happened = act(dossier, command, at)
        except Refused:
            continue
        events.extend(happened)
    return dossier, events


def _given(what: tuple[str, int | None], date: Any, at: Any) -> ProvidePiece:
    key, late = what
    if late is None:
        return ProvidePiece(piece=key, documents=(DOCUMENT,))
    on = date or max(START, at - timedelta(hours=late))
    return ProvidePiece(piece=key, documents=(DOCUMENT,), effective=on, **BY_POST)


def story_of(events: list[Event]) -> list[tuple[Any, ...]]:
    """What happened, whatever its dates; what the law acknowledged, at midnight, follows them."""
    return [
        (e.kind, getattr(e, "moves_clock", None))
        for e in events
        if e.kind != "acknowledged" or e.effective != midnight(civil(e.effective))
    ]


@draws(200, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(STORIES, st.data())
def test_a_piece_dated_anew_is_as_if_it_had_been_entered_so(story: Any, data: st.DataObject) -> None:
    """From one correction to the next."""
    dossier, events = told(story, {})
    end = START + timedelta(days=100)
    by_hand = [key for key, arrival in dossier.arrivals.items() if arrival.by_hand]
    assume(by_hand)
    dates: dict[int, Any] = {}
    for _ in range(data.draw(st.integers(1, 3))):
        key = data.draw(st.sampled_from(by_hand))
        entered = dossier.arrivals[key].entered
        hours = int((entered - START).total_seconds() // 3600)
        on = START + timedelta(hours=data.draw(st.integers(0, hours)))
        if on == dossier.received[key]:
            continue
        correction = CorrectDate(of="piece", piece=key, effective=on, channel="paper", evidence="Tampon")
        try:
            dossier, more = act(dossier, correction, end)
        except Refused:
            assert dossier.plan == DEEMED, "its acknowledgement of the law would move across another act"
            continue
        dates[max(rank for rank, (what, _) in enumerate(story[2]) if isinstance(what, tuple) and what[0] == key)] = on
        events.extend(more)
    dossier, more = act(dossier, Settle(), end)
    events.extend(more)
    other, otherwise = told(story, dates)
    assume(story_of(otherwise) == story_of([e for e in events if e.kind != "date_corrected"]))
    other, _ = act(other, Settle(), end)

    assert [dated.fact for dated in dossier.facts] == [dated.fact for dated in other.facts]
    assert (dossier.complete, dossier.received) == (other.complete, other.received)
    assert (dossier.acknowledged, dossier.status) == (other.acknowledged, other.status)
    mine, theirs = dossier.reckoning(), other.reckoning()
    assert (mine.started, mine.expires, mine.born) == (theirs.started, theirs.expires, theirs.born)
    assert audit(dossier.plan.clock, [dated.fact for dated in dossier.facts], mine) == ()
    stored = [EVENT.validate_json(EVENT.dump_json(event)) for event in events]
    assert DOSSIER.validate_json(DOSSIER.dump_json(fold(dossier.plan, stored))) == dossier
