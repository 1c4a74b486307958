"""Forks told by the kernel alone: what is known, what is imagined, what each act takes when nothing is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.act_description import ActDescription, Misdescribed
from domain.calendar import Instant
from domain.command import Command
from domain.commands import COMMANDS
from domain.derivation import Recorded
from domain.dossier import Dossier
from domain.futures.fork import MOST_ACTS, Live, Question, fork
from domain.futures.simulation import Story
from domain.kernel import fold, settle
from domain.plan import Plan
from tests.domain.telling import Telling, plan, plan_with_proposal, when
from tests.long import draws

NOW = "2026-12-01"


class NoContents:
    """Procedures whose acts have no form."""

    def least(self, dossier: Dossier, act: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Nothing to add."""
        del dossier, act, data
        return {}

    def finished(self, dossier: Dossier, command: Command, at: Instant) -> Command:
        """Nothing to compute."""
        del dossier, at
        return command


def live(telling: Telling, now: str = NOW, *, written: int | None = None) -> Live:
    """The telling's dossier, read at `now`."""
    entries = tuple(
        Recorded(seq=seq, event=event, recorded_at=event.effective, actor="Anna")
        for seq, event in enumerate(telling.events, start=1)
    )
    return Live(
        plan=telling.dossier.plan,
        entries=entries,
        written=len(entries) if written is None else written,
        now=when(now),
    )


def forked(telling: Telling, until: str, *then: tuple[str, str, dict[str, Any]], by: Any = "agent") -> Story:
    """The fork of a telling, with acts said as (date, name, data)."""
    said = tuple(ActDescription(at=when(at), act=act, data=data) for at, act, data in then)
    return fork(live(telling), Question(until=when(until), then=said, by=by), NoContents())


def filed(of: Plan | None = None, *, complete: bool = True) -> Telling:
    """Filed on 24 November."""
    return Telling(of or plan()).file("2026-11-24", complete=complete)


def test_if_nobody_acts_the_law_does() -> None:
    told = forked(filed(), "2027-06-01")

    assert [(line.basis, line.kind) for line in told.lines] == [
        ("journal", "filed"),
        ("journal", "received_by_competent"),
        ("journal", "completed"),
        ("imagined", "silence_took_effect"),
    ]
    assert told.dossier.status == "implied_acceptance"
    assert told.lines[-1].at == when("2027-02-25T00:00")


def test_until_is_where_it_ends() -> None:
    assert forked(filed(), "2027-02-24T23:59").dossier.status == "filed"
    assert forked(filed(), "2027-02-25T00:00").dossier.status == "implied_acceptance"


def test_a_piece_that_arrives_on_the_12th_moves_the_clock() -> None:
    """The piece is the one owed, and the story says that it was made up."""
    told = forked(filed(complete=False), "2027-06-01", ("2026-12-12", "provide_piece", {}))
    line = next(line for line in told.lines if line.kind == "piece_received")

    assert line.minimal == 'données minimales : piece = "certificat", documents = un document'
    assert told.lines[-1].at == when("2027-03-13T00:00")


def test_acts_are_told_in_the_order_of_their_instants() -> None:
    told = forked(filed(), "2027-06-01", ("2026-12-20", "notify", {}), ("2026-12-10", "decide", {}))

    assert told.dossier.status == "granted"
    assert not any(line.refused for line in told.lines)


def test_a_refused_act_is_told_and_changes_nothing() -> None:
    told = forked(filed(), "2027-06-01", ("2027-03-01", "decide", {"outcome": "non"}))
    refused = [line for line in told.lines if line.refused]

    assert [line.kind for line in refused] == ["decide"]
    assert "L'acceptation est acquise" in refused[0].sentence
    assert "reasons_law" in refused[0].minimal
    assert told.dossier.status == "implied_acceptance"


def test_a_fact_known_late_is_imagined_with_its_evidence() -> None:
    """Known on 1 March, it happened on 20 February: silence had not taken effect."""
    acts = [("2027-02-18", "decide", {"outcome": "non"}), ("2027-03-01", "notify", {"effective": "2027-02-20"})]
    told = forked(filed(), "2027-06-01", *acts)

    assert "silence_voided" in {line.kind for line in told.lines}
    assert told.dossier.status == "refused"


@pytest.mark.parametrize("act", sorted(COMMANDS))
@pytest.mark.parametrize("of", [plan(), plan("rejection"), plan_with_proposal()], ids=["a", "r", "p"])
def test_every_act_can_be_imagined_without_a_word(act: str, of: Plan) -> None:
    """Admitted or refused, but never for want of data."""
    told = forked(filed(of, complete=False), "2027-06-01", ("2026-12-02", act, {}))
    wanting = {"Aucune pièce n'est demandée", "La démarche ne connaît pas", "doit être motivée", "Le message est vide"}

    assert not [line for line in told.lines if line.refused and any(why in line.sentence for why in wanting)]


def test_a_resident_imagines_their_own_acts_only() -> None:
    told = forked(filed(), "2027-06-01", ("2026-12-02", "send_message", {}), by="resident")

    assert told.lines[3].sentence == "Message de la personne."
    with pytest.raises(Misdescribed, match=r"then\[0\].act : « decide » n'est pas un acte de votre part"):
        forked(filed(), "2027-06-01", ("2026-12-02", "decide", {}), by="resident")


def test_a_resident_dates_nothing_after_the_fact() -> None:
    late = ("2026-12-12", "withdraw", {"effective": "2026-12-02"})
    told = forked(filed(), "2027-06-01", late, by="resident")

    assert [line.sentence for line in told.lines if line.refused] == [
        "Seul un agent peut enregistrer un fait après coup, avec sa preuve."
    ]


@pytest.mark.parametrize(
    ("until", "then", "field"),
    [
        ("2026-11-30", (), "until"),
        ("2047-01-01", (), "until"),
        ("2027-06-01", (("2026-11-30", "take", {}),), "then[0].at"),
        ("2027-06-01", (("2026-12-02", "take", {}), ("2027-06-02", "take", {})), "then[1].at"),
        ("2027-06-01", (("2026-12-02", "prendre", {}),), "then[0].act"),
        ("2027-06-01", (("2026-12-02", "take", {"who": 1}),), "then[0].data.who"),
        ("2027-06-01", (("2026-12-02", "take", {"agent": "Anne"}),), "then[0].data.agent"),
        ("2027-06-01", (("2026-12-02", "take", {}),) * (MOST_ACTS + 1), "then"),
    ],
)
def test_what_cannot_be_asked_names_the_field(until: str, then: Any, field: str) -> None:
    with pytest.raises(Misdescribed) as bad:
        forked(filed(), until, *then)

    assert bad.value.field == field


def test_what_the_law_made_and_is_not_written_yet_is_said_so() -> None:
    settled = filed().wait("2027-03-01")
    told = fork(live(settled, "2027-03-01", written=3), Question(until=when("2027-06-01")), NoContents())

    assert [line.basis for line in told.lines] == ["journal", "journal", "journal", "settled"]


@draws(60)
@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(sorted(COMMANDS))), max_size=8), st.integers(200, 900))
def test_the_last_state_is_the_fold_of_what_is_told(moves: list[tuple[int, str]], last: int) -> None:
    """Whatever acts are said, in whatever order; and without them it is what settling gives."""
    telling = filed(plan_with_proposal())
    start = when(NOW).timestamp()
    at = [Instant.fromtimestamp(start + days * 86_400, tz=when(NOW).tzinfo) for days, _ in moves]
    said = tuple(ActDescription(at=each, act=act) for each, (_, act) in zip(at, moves, strict=True))
    until = Instant.fromtimestamp(start + last * 86_400, tz=when(NOW).tzinfo)

    told = fork(live(telling), Question(until=until, then=said), NoContents())
    alone = fork(live(telling), Question(until=until), NoContents())

    assert fold(telling.dossier.plan, told.events) == told.dossier
    assert alone.events == (*telling.events, *settle(telling.dossier, until))
