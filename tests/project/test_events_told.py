"""What happens is told whole: no event, effect, reminder, due, silence or channel lacks one of its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from domain import words
from domain.channels import WAYS, Channel
from domain.clock.terms import Silence
from domain.due import Coming
from domain.dues import DUES
from domain.effect import ALWAYS, Effect
from domain.effects import EFFECTS
from domain.effects_of_silence import SILENCES
from domain.event import LAW
from domain.events import KINDS
from domain.futures.forecast import FORESEEN
from domain.step_kinds import STEPS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_says_by_whom_it_is(kind: str) -> None:
    """« La loi » for what nobody does: an event that an act alone makes names who does it."""
    by_itself = {
        "completed", "pieces_provided", "pieces_lapsed", "proposal_silent", "notice_deemed", "silence_took_effect",
        "silence_voided", "opinion_deemed", "revocation_lapsed",
    }  # fmt: skip
    assert (KINDS[kind].who == LAW) == (kind in by_itself)


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=lambda effect: effect.kind)
def test_every_effect_has_its_words(effect: Effect) -> None:
    """A letter without a title shows a code; an e-mail without words is an incident."""
    assert bool(effect.title) == (effect.verb in {"letter", "email", "notice"})
    assert bool(effect.text) == (effect.verb != "letter")


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=lambda effect: effect.kind)
def test_every_effect_has_a_step_that_carries_it(effect: Effect) -> None:
    """Else no block of a workflow would."""
    assert effect.step in {*STEPS, ALWAYS}


def test_an_effect_is_told_once() -> None:
    """Two events that the same letter follows name the same one."""
    said = {(effect.kind, id(effect)) for event in KINDS.values() for effect in event.follows}
    assert len(said) == len({kind for kind, _ in said})


@pytest.mark.parametrize("due", DUES.values(), ids=lambda due: due.kind)
def test_every_due_has_its_step_its_rank_and_its_words(due: Coming) -> None:
    """What happens by itself is carried, ranked and announced; a queue says silence by its effect."""
    assert due.step in STEPS
    assert [each.kind for each in DUES.values() if each.rank == due.rank] == [due.kind]
    assert due.announced
    assert bool(due.label) == (due.kind != "silence")


def test_the_four_effects_of_silence_are_said_once() -> None:
    """One value for each; those that decide something are foreseen, and make a status."""
    assert set(SILENCES) == set(get_args(Silence))
    deciding = {effect for effect, said in SILENCES.items() if said.status}
    assert deciding == set(SILENCES) - {"none"}
    assert set(FORESEEN) == deciding | {"deemed_refused"}
    assert {said.status for said in SILENCES.values()} <= {"", *words.STATUS}


def test_every_channel_is_said() -> None:
    """By which an act came."""
    assert set(WAYS) == set(get_args(Channel))


def test_no_distance_is_typed_where_it_is_said() -> None:
    """A delay is said from the value that it is reckoned by: changing one changes both."""
    typed = re.compile(r"\b(?:dans|sous|reste|après) (?:un mois|(?:deux|trois|cinq|sept|huit|dix|quinze) jours)")
    said = [
        f"{file.name}: {found[0]}"
        for room in ("domain", "workers", "letters")
        for file in (ROOT / room).rglob("*.py")
        if (found := typed.search(file.read_text(encoding="utf-8")))
    ]
    assert said == []
