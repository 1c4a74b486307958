"""Pieces asked for and given, on the real server: they stop a delay or annul it, as its text says, to the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from catalogue.forms import form as form_file
from domain.calendar import A_DAY, Delay, Instant, civil, midnight
from domain.silence import SilenceTookEffect
from domain.steps.pieces import ProvidePiece, RequestPieces
from tests.workers.office import Office, example

ASKED, GIVEN = timedelta(days=3), timedelta(days=8)
A_MILLISECOND = timedelta(milliseconds=1)
# Filed for somebody else, a request for documents owes the mandate of that person (CRPA L311-6).
FOR_SOMEBODY = {"qualite": "mandataire", "mandant": "Katell Riou"}


def stopped(filed: date, asked: date, given: date) -> date:
    """Refusal by silence: a month from the filing, and the days of the wait are added (CRPA L114-5 al. 3)."""
    return Delay(months=1).last_day(filed) + (given - asked) + A_DAY


def annulled(months: int, given: date) -> date:
    """Acceptance or provisional rate: the whole delay runs again from the last piece (CRPA L114-5 al. 2)."""
    return Delay(months=months).last_day(given) + A_DAY


def form_of(slug: str) -> Mapping[str, Any]:
    """The worked example, such that it owes a piece."""
    form: dict[str, Any] = example(slug)["form"]
    if slug == "acces-documents":
        kept = {name: value for name, value in form["demandeur"].items() if name not in {"organisme", "au_rna", "rna"}}
        form = {**form, "demandeur": {**kept, **FOR_SOMEBODY}}
    assert form_file(slug, "v2").errors(form) == ()
    return form


PROCEDURES = {
    "acces-documents": ("mandat", stopped),
    "apa-domicile": ("avis_imposition", lambda _filed, _asked, given: annulled(2, given)),
    "agrement-assistant-maternel": ("certificat_medical", lambda _filed, _asked, given: annulled(3, given)),
}


@pytest.mark.parametrize("slug", PROCEDURES)
async def test_pieces_asked_and_given_move_the_date_as_the_law_says(office: Office, slug: str) -> None:
    """Asked three days after the filing, given five days later; silence waits for the moved instant, to the ms."""
    piece, born = PROCEDURES[slug]
    async with office.working():
        dossier = await office.file(slug, form=form_of(slug))
        told = (await office.story(dossier)).now()
        filed, first = told.filed, told.silence_due()
        assert filed is not None
        assert first is not None
        await office.fix(filed + ASKED)
        await office.act(dossier, RequestPieces(pieces={piece: "illisible"}))
        assert await due(office, dossier) != first
        await office.fix(filed + GIVEN)
        await office.act(dossier, ProvidePiece(piece=piece, documents=(uuid4(),)))
        moved = midnight(born(civil(filed), civil(filed + ASKED), civil(filed + GIVEN)))
        assert await due(office, dossier) == moved > first
        for still in (first, moved - A_MILLISECOND):
            await office.fix(still)
            await office.settled(dossier)
            assert await silences(office, dossier) == []
        await office.fix(moved)
        await office.until(lambda: silences(office, dossier))
        effects = await office.settled(dossier)
    (silence,) = await silences(office, dossier)
    assert silence.effective == moved
    assert set(effects.values()) <= {"done", "superseded"}


async def due(office: Office, dossier: UUID) -> Instant | None:
    """When silence takes effect."""
    return (await office.story(dossier)).now().silence_due()


async def silences(office: Office, dossier: UUID) -> list[SilenceTookEffect]:
    """Every silence of the journal."""
    told = await office.story(dossier)
    return [entry.event for entry in told.entries if isinstance(entry.event, SilenceTookEffect)]
