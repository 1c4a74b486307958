"""Every letter of every procedure, made as the worker makes it, for each case, down to the paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from catalogue.cases import Case, cases, planned
from catalogue.checks.full_cases import asked_for, least
from catalogue.checks.letters import amounts_told
from catalogue.checks.subject import Subject
from catalogue.examples import Example, example
from catalogue.letter_sources import context, letter, name_of
from catalogue.loader import catalogue
from domain.citations import unmarked
from domain.dossier import Dossier
from domain.effects import EFFECTS, effects_of
from domain.event import Event
from domain.evolve import evolve
from domain.futures.simulation import tell
from domain.kernel import decide
from domain.refusals import Refused
from domain.steps.transmission import Transmitted, time_after
from letters.blocks import Block, blocks_of
from letters.pdf import Letter, set_in_type
from letters.previews import WRITES
from letters.rehearsal import rehearsed
from letters.source import fill

SLUGS = catalogue().slugs()
# Where the counter only transmits, another authority decides: no decision letter is ours.
DECIDED_HERE = tuple(slug for slug in SLUGS if catalogue().plan(slug).outcomes)
ONLY_TRANSMITTED = tuple(slug for slug in SLUGS if slug not in DECIDED_HERE)
# What no procedure asks for yet: the template's silence of acceptance without an attestation, a plain proposal.
ELSEWHERE = {"implied_acceptance", "proposal", "decision"}


def subject(slug: str) -> Subject:
    """A shipped procedure, as `check` sees it."""
    return Subject(slug=slug, within=catalogue(), plan=catalogue().plan(slug), cases=cases(slug), render=rehearsed)


def contents(slug: str) -> tuple[Example, Example]:
    """The worked example, and the same with the least that the forms admit."""
    return example(slug), least(subject(slug), example(slug))


def asked(slug: str) -> Iterator[tuple[str, Case, Dossier, Event]]:
    """The name of each letter, the case that asks for it, the state and the event."""
    for given in contents(slug):
        for case in cases(slug):
            for kind, dossier, event, _ in asked_for(subject(slug), case, given):
                yield name_of(dossier.plan, kind, event), case, dossier, event


def text(slug: str, name: str, dossier: Dossier, event: Event) -> str:
    """The letter's Markdown, filled."""
    told = amounts_told(subject(slug), event)
    return fill(letter(slug, name).text, context(dossier, event, "GUI-2026-0001", "Anna <b>Le Goff</b>", told))


@cache
def longest(slug: str) -> dict[str, tuple[Dossier, Event]]:
    """One dossier for each letter that the procedure sends."""
    return {name: (dossier, event) for name, _, dossier, event in asked(slug)}


def words(blocks: list[Block]) -> str:
    """All the text of a letter, in one line."""
    return " ".join(str(block) for block in blocks)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_letter_that_a_case_asks_for_is_made(slug: str) -> None:
    """With everything that the forms admit, and with the least; no tag, no None, no True shows."""
    names = set()
    for name, case, dossier, event in asked(slug):
        shown = text(slug, name, dossier, event)
        assert shown.strip(), (name, case.name)
        assert not any(left in shown for left in ("{{", "{%", "None", "True", "False")), (name, case.name)
        names.add(name)
    assert {"acknowledgement", "pieces"} <= names
    assert len(names) >= 4


@pytest.mark.parametrize("slug", SLUGS)
def test_every_letter_is_set_in_type(slug: str) -> None:
    """An accessible PDF each."""
    for name, (dossier, event) in longest(slug).items():
        source = letter(slug, name)
        paper = Letter(
            title=source.title,
            authority=dossier.plan.authority,
            office=(dossier.plan.office.name,),
            recipient=("Anna Le Goff",),
            reference="GUI-2026-0001",
            place_and_date="Quimper, le 23 novembre 2026",
            blocks=blocks_of(text(slug, name, dossier, event)),
        )
        assert set_in_type(paper, datetime(2026, 11, 23, tzinfo=UTC)).startswith(b"%PDF-1.")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_written_letter_is_asked_for_by_a_case(slug: str) -> None:
    """A letter that nothing sends would never be tried."""
    own = {file.stem for file in (catalogue().folder(slug) / "letters").glob("*.md")}
    assert own <= longest(slug).keys()


def test_the_shared_letters_are_all_tried() -> None:
    """By one procedure or another, but for those that no shipped one sends."""
    asked_for_somewhere = {name for slug in SLUGS for name in longest(slug)}
    follows = {effect.what for effect in EFFECTS.values() if effect.verb == "letter"}
    assert follows - ELSEWHERE <= asked_for_somewhere


def test_every_act_of_agents_that_a_letter_follows_is_tried_before_it_is_done() -> None:
    """In all the cases of all the procedures; what residents do, and facts entered late, are refused to nobody."""
    facts = {"answer_proposal", "correct_date", "file", "notify", "renounce", "request_attestation", "withdraw"}
    followed = {kind for slug in SLUGS for case in cases(slug) for kind in followed_by_letters(slug, case)}
    assert followed - facts == set(WRITES)


def followed_by_letters(slug: str, case: Case) -> Iterator[str]:
    """The acts of a case that a letter follows at once."""
    plan, acts = catalogue().plan(slug), sorted(planned(catalogue().plan(slug), case), key=lambda each: each.at)
    for rank, act in enumerate(acts):
        before = tell(plan, acts[:rank], act.at).dossier
        try:
            after, events = before, decide(before, act.command, act.at)
        except Refused:
            continue
        for event in events:
            after = evolve(after, event)
            yield from (act.command.kind for each in effects_of(after, event) if each.kind.startswith("letter:"))


@pytest.mark.parametrize("slug", DECIDED_HERE)
def test_a_refusal_says_why_and_how_to_contest(slug: str) -> None:
    """In law and in fact (CRPA L211-5), with each appeal and its delay (CJA R421-5)."""
    dossier, event = longest(slug)["decision-refus"]
    shown = words(rehearsed(letter(slug, "decision-refus").text, context(dossier, event, "R", "Anna", {})))
    assert "En droit" in shown
    assert "En fait" in shown
    for appeal in dossier.plan.appeals:
        assert unmarked(appeal.before) in shown
        assert appeal.within.in_words() in shown


@pytest.mark.parametrize("slug", ONLY_TRANSMITTED)
def test_where_the_counter_only_transmits_letters_say_to_whom_and_how_to_contest_silence(slug: str) -> None:
    """Sent on, with whose delay runs (CRPA L114-2, L114-3); not sent on in time, each appeal (CJA R421-5)."""
    dossier, event = longest(slug)["transmission"]
    sent = words(rehearsed(letter(slug, "transmission").text, context(dossier, event, "R", "Anna", {})))
    assert isinstance(event, Transmitted)
    assert unmarked(event.to) in sent
    assert time_after(dossier.plan) in sent
    dossier, event = longest(slug)["implied_rejection"]
    kept = words(rehearsed(letter(slug, "implied_rejection").text, context(dossier, event, "R", "Anna", {})))
    for appeal in dossier.plan.appeals:
        assert unmarked(appeal.before) in kept
        assert appeal.within.in_words() in kept


def test_the_provisional_letter_says_how_much() -> None:
    """1 040,17 € a month (CASF R232-29)."""
    dossier, event = longest("apa-domicile")["provisional"]
    assert "040,17" in text("apa-domicile", "provisional", dossier, event)


def test_what_a_person_wrote_stays_text() -> None:
    """A name is neither Markdown nor HTML."""
    dossier, event = longest("agrement-assistant-maternel")["attestation"]
    shown = words(blocks_of(text("agrement-assistant-maternel", "attestation", dossier, event)))
    assert "Anna <b>Le Goff</b>" in shown


def test_a_late_grant_says_what_becomes_of_the_advance() -> None:
    """Provisional since 24 January, granted on 10 February: one flat rate of 1 040,17 € is imputed (CASF R232-29)."""
    slug = "apa-domicile"
    case = next(each for each in cases(slug) if each.name == "accord-apres-provisoire")
    ((_, dossier, event, _),) = [
        told for told in asked_for(subject(slug), case, example(slug)) if told.kind == "decision"
    ]
    shown = text(slug, "decision-accord", dossier, event).replace("\u202f", " ").replace("\u00a0", " ")
    assert "771,55 € par mois" in shown
    assert "L'avance versée à titre provisoire, 1 040,17 €, est imputée" in shown
    assert "771,55 € d'ores et déjà, 268,62 € sur les versements suivants" in shown
