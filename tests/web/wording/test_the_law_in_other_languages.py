"""What the law says of a dossier is said whole in every language: nothing but names and typed words stays French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from catalogue.cases import cases, story
from catalogue.languages import words
from catalogue.loader import catalogue
from domain.acknowledgement import acknowledge
from domain.admissibility import acts_for
from domain.derivation import Recorded, Viewer
from domain.dossier import Dossier
from domain.evolve import evolve
from domain.explained.explanation import due_sentence, explain
from domain.futures.simulation import Story
from domain.kernel import next_due
from domain.last_useful_day import last_useful_days
from domain.remedies import remedies
from tests.catalogue.other_languages import OTHERS, left_in_french


def told_of(told: Story) -> Iterator[str]:
    """Each thing said of a dossier, at each moment of its story, to each audience."""
    for line in told.lines:
        yield from (line.sentence, line.who, line.minimal)
    entries: tuple[Recorded, ...] = ()
    state = Dossier(plan=told.dossier.plan)
    for seq, event in enumerate(told.events, start=1):
        state = evolve(state, event)
        entries = (*entries, Recorded(seq=seq, event=event, recorded_at=event.effective))
        for viewer in get_args(Viewer):
            for one in explain(entries, state, viewer):
                yield from (one.sentence, one.rule)
        yield from (one.sentence for one in remedies(state, event.effective))
        yield from (one.why for one in last_useful_days(state))
        yield from (one.reason for one in acts_for(state, "agent", event.effective))
        due = next_due(state)
        yield due_sentence(due) if due is not None else ""
    receipt = acknowledge(told.dossier, "2026-000001")
    yield from (receipt.effect, receipt.attestation, *receipt.appeals)


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_nothing_is_left_in_french(slug: str) -> None:
    plan = catalogue().plan(slug)
    said = {(type(text), text): text for case in cases(slug) for text in told_of(story(plan, case))}
    for code in OTHERS:
        left = {one for text in said.values() for one in left_in_french(text, words(code))}
        assert not left, (code, sorted(left))


@pytest.mark.parametrize("code", OTHERS)
def test_a_date_is_written_as_the_language_writes_it(code: str) -> None:
    """No French month in a sentence said otherwise."""
    plan = catalogue().plan("apa-domicile")
    months = re.compile(r"\b(janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b")
    told = [text for case in cases("apa-domicile") for text in told_of(story(plan, case))]
    assert any(months.search(text) for text in told)
    assert not [text for text in told if months.search(words(code).say(text, french=lambda _: ""))]
