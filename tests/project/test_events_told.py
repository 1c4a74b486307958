"""What happens is told whole: no event, effect, reminder, due, silence or channel lacks one of its words."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from api.letter_answers import TITLES
from catalogue.letter_sources import SILENCE as IN_LETTERS
from cli.commands.forecast import ONE
from cli.shown_procedure import SILENCE as OF_PROCEDURE
from domain import words
from domain.acknowledgement import EFFECTS
from domain.clock_terms import Silence
from domain.due import DEFAULT_RANKS
from domain.effects import BEFORE, FOLLOWS, OF_SILENCE, REMINDERS
from domain.events import Event
from domain.explained_clock import SILENCE as AS_A_RULE
from domain.explanation import DUE
from domain.forecast import EFFECTS as FORESEEN
from domain.happened import Channel
from domain.plan_words import VALUES
from domain.sentences import CHANNELS
from domain.sentences import SILENCE as TOOK_EFFECT
from domain.simulation import WHO
from domain.steps.completeness import ANSWERED
from workers.activities.agenda import STEP_OF_DUE
from workers.words import TO_AGENTS, TO_THE_PERSON

ROOT = Path(__file__).resolve().parents[2]
KINDS = {next(str(each.default) for each in fields(one) if each.name == "kind") for one in get_args(Event)}
OF_EVENTS = {kind for chain in FOLLOWS.values() for kind, _ in chain}
CONDITIONAL = OF_SILENCE | {"email:silence", "tell:silence", "tell:answer", "email:message", "email:document_ceased"}
EVERY_EFFECT = OF_EVENTS | CONDITIONAL | REMINDERS


def _whats(verb: str) -> set[str]:
    return {kind.removeprefix(f"{verb}:") for kind in EVERY_EFFECT if kind.startswith(f"{verb}:")}


def test_every_event_says_by_whom_it_is() -> None:
    """« La loi » is named like anybody: it does not inherit what nobody thought of."""
    assert set(WHO) == KINDS


def test_every_event_that_something_follows_exists() -> None:
    """A kind typed wrong would be followed by nothing."""
    assert set(FOLLOWS) <= KINDS


def test_every_letter_has_a_title() -> None:
    """Else people read a code."""
    assert _whats("letter") == set(TITLES)


@pytest.mark.parametrize(("verb", "said"), [("email", TO_THE_PERSON), ("notice", TO_THE_PERSON), ("tell", TO_AGENTS)])
def test_every_mail_has_words(verb: str, said: dict[str, object]) -> None:
    """An effect without words is an incident for the agents."""
    assert {f"{verb}:{what}" for what in _whats(verb)} <= set(said)


def test_every_due_has_its_rank_its_step_and_its_words() -> None:
    """What happens by itself is ranked, carried and announced."""
    assert set(DEFAULT_RANKS) == set(STEP_OF_DUE) == set(DUE) == {*words.DUE, "silence"}


def test_the_four_effects_of_silence_are_said_everywhere() -> None:
    """Those that decide nothing are not foreseen, nor awaited in a queue."""
    every = set(get_args(Silence))
    for table in (TOOK_EFFECT, EFFECTS, AS_A_RULE, OF_PROCEDURE, IN_LETTERS, ANSWERED):
        assert set(table) == every
    assert every <= set(VALUES)
    assert set(words.SILENCE) == every - {"none"}
    assert set(FORESEEN) == set(ONE) == every - {"none"} | {"deemed_refused"}


def test_every_channel_is_said() -> None:
    """By which an act came."""
    assert set(CHANNELS) == set(get_args(Channel))


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
    assert set(BEFORE) <= REMINDERS
