"""What the law wants an acknowledgement to say, and what no letter may say as sure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from catalogue.examples import example
from catalogue.letter_sources import context, letter
from catalogue.loader import PROCEDURES, catalogue
from domain.citations import UNSURE, unmarked
from domain.dossier import Dossier
from domain.event import Event
from domain.filing import File
from domain.kernel import fold
from domain.steps.assessment import Assess
from domain.steps.decision import Decide
from domain.steps.proposal import AnswerProposal, Propose, RecordReception
from domain.withdrawal import Withdraw
from letters.source import fill, in_french
from tests.domain.telling import DOCUMENT, Telling, when

SLUGS = catalogue().slugs()
UNREAD = ("L311-6", "L311-7", "L311-9", "L342-1", "tribunal administratif de Rennes")
"""Cited somewhere, and read in no copy of the texts: each line that names one says so."""


def filed(slug: str, *, complete: bool) -> Telling:
    """The worked example, filed on 23 November 2026, with all of its pieces or none."""
    plan, form = catalogue().plan(slug), example(slug)["form"]
    owed = [piece.key for piece in plan.pieces if piece.required_for(form)] if complete else []
    command = File(form=form, pieces=dict.fromkeys(owed, (DOCUMENT,)))
    return Telling(plan).do(command, "2026-11-23")


def of(telling: Telling, kind: str) -> tuple[Dossier, Event]:
    """The last event of that kind, and the dossier as of it."""
    seq = max(seq for seq, event in enumerate(telling.events, start=1) if event.kind == kind)
    return fold(telling.dossier.plan, telling.events[:seq]), telling.events[seq - 1]


def text(slug: str, name: str, dossier: Dossier, event: Event) -> str:
    """The letter's text, its spaces and its escapes those of everybody."""
    shown = fill(letter(slug, name).text, context(dossier, event, "2026-000001", "Anna Le Goff"))
    return " ".join(shown.replace("\\", "").split())


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
def test_the_acknowledgement_says_when_it_came_and_whom_to_call(slug: str, *, complete: bool) -> None:
    """CRPA R112-11-1: the day of reception, the service, its address, its telephone."""
    dossier, event = of(filed(slug, complete=complete), "filed")
    shown = text(slug, "acknowledgement", dossier, event)
    office = dossier.plan.office

    assert "23 novembre 2026" in shown
    for said in (office.name, office.address, office.email):
        assert said
        assert unmarked(said) in shown
    sure = unmarked(office.phone)
    assert (sure in shown) == (sure == office.phone), "nobody is told to call a number that is to be confirmed"


@pytest.mark.parametrize("slug", SLUGS)
def test_the_acknowledgement_says_what_silence_makes_of_the_request(slug: str) -> None:
    """CRPA R112-11-1: the date, « sous réserve », then the attestation or the appeals."""
    telling = filed(slug, complete=True)
    event, dossier = telling.events[0], telling.dossier
    shown = text(slug, "acknowledgement", dossier, event)
    born = dossier.reckoning().born

    if born is None:
        assert dossier.plan.clock.delay.in_words() in shown
    else:
        assert f"le **{in_french(born)}**, sous réserve qu" in shown
    if dossier.plan.clock.silence == "acceptance":
        assert "attestation" in shown
    if dossier.plan.clock.silence == "rejection":
        for appeal in dossier.plan.appeals:
            assert appeal.title in shown
            assert unmarked(appeal.before) in shown
            assert appeal.within.in_words() in shown


def test_the_acknowledgement_of_an_incomplete_request_says_by_when_to_provide_what_is_missing() -> None:
    """CRPA R112-11-4: thirty days from Monday 23 November end on Wednesday 23 December."""
    dossier, event = of(filed("apa-domicile", complete=False), "filed")
    shown = text("apa-domicile", "acknowledgement", dossier, event)

    assert context(dossier, event, "", "")["a_fournir_avant"] == date(2026, 12, 23)
    assert "jusqu'au **23 décembre 2026** pour envoyer ce qui manque" in shown
    whole = text("apa-domicile", "acknowledgement", filed("apa-domicile", complete=True).dossier, event)
    assert "ce qui manque" not in whole


@pytest.mark.parametrize("slug", SLUGS)
def test_a_piece_is_asked_for_with_its_text_and_without_our_doubts(slug: str) -> None:
    """Doubts are for who keeps the procedure: no letter says them."""
    telling = filed(slug, complete=False)
    keys = [piece.key for piece in telling.dossier.plan.pieces if piece.reference]
    asked = telling.request("2026-11-24", "2026-12-31", *keys)
    dossier, event = of(asked, "pieces_requested")
    lines = letter(slug, "pieces").text
    shown = fill(lines, context(dossier, event, "R", "Anna")).replace("\\", "")

    for piece in dossier.plan.pieces:
        (line,) = [one for one in shown.splitlines() if piece.reference and piece.title in one] or [""]
        assert bool(line) == bool(piece.reference)
        assert all(unmarked(each) in line for each in piece.reference)
    assert "à confirmer" not in shown


def test_missing_pieces_are_acknowledged_with_their_text() -> None:
    """The childminder's list stands on a form read in a third party's copy: our doubt of it is not the person's."""
    slug = "agrement-assistant-maternel"
    dossier, event = of(filed(slug, complete=False), "filed")

    assert "Certificat médical (Cerfa 13394)" in text(slug, "acknowledgement", dossier, event)


def lines_people_read() -> Iterator[tuple[str, str]]:
    """Every line of the guides and of the letters, with where it is."""
    for file in sorted(PROCEDURES.glob("*/**/*.md")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
            yield f"{file.relative_to(PROCEDURES)}:{number}", line


def test_what_was_read_nowhere_is_not_stated_as_law() -> None:
    bare = [
        place for place, line in lines_people_read() if any(one in line for one in UNREAD) and "à confirmer" not in line
    ]
    plans = [catalogue().plan(slug) for slug in SLUGS]
    told: list[Any] = [e for plan in plans for e in (plan.clock, *plan.steps, *plan.pieces, *plan.appeals)]
    facts = [(e.reference, e.confidence) for e in told]
    sure = [text for texts, confidence in facts if confidence not in UNSURE for text in texts]

    assert bare == []
    assert not [one for one in sure if one.partition(" ")[2] in UNREAD]
    assert not [
        each for plan in plans for o in plan.outcomes for each in o.reference if each.partition(" ")[2] in UNREAD
    ]
    assert all("à confirmer" in a.before for plan in plans for a in plan.appeals if UNREAD[-1] in a.before)


def test_a_silence_undone_by_a_late_withdrawal_speaks_of_no_decision() -> None:
    """Withdrawn on 20 February by a letter entered in March: nothing was decided."""
    slug = "agrement-assistant-maternel"
    telling = filed(slug, complete=True).wait("2027-02-25")
    late = Withdraw(effective=when("2027-02-20"), channel="paper", evidence="Tampon du 20 février")
    dossier, event = of(telling.do(late, "2027-03-02"), "silence_voided")
    shown = text(slug, "silence_voided", dossier, event)

    assert "aucune décision n'a été prise" in shown
    assert "20 février 2027" in shown
    assert "fait seule foi" not in shown


def test_a_silence_undone_by_a_late_notification_leaves_the_decision_alone_to_stand() -> None:
    slug = "agrement-assistant-maternel"
    telling = filed(slug, complete=True)
    refusal = Decide(outcome="refus", reasons_law="CASF L421-3", reasons_fact="Le logement.")
    telling.do(refusal, "2027-02-10").wait("2027-02-25").notify("2027-03-02", effective="2027-02-12")
    dossier, event = of(telling, "silence_voided")

    assert "La décision qui vous a été notifiée fait seule foi." in text(slug, "silence_voided", dossier, event)


def test_the_residents_own_silence_undone_says_that_the_answer_came_in_time() -> None:
    """Nobody had told them that the aid was granted: the letter does not speak of the administration's silence."""
    slug = "apa-domicile"
    said = example(slug)
    telling = filed(slug, complete=True).do(Assess(findings=said["evaluation"]), "2026-12-01")
    telling.do(Propose(content=said["plan"]), "2026-12-02")
    received = RecordReception(effective=when("2026-12-04"), channel="registered_mail", evidence="AR 2C")
    telling.do(received, "2026-12-05").wait("2026-12-16")
    answer = AnswerProposal(answer="accepted", effective=when("2026-12-14"), channel="paper", evidence="Cachet du 14")
    dossier, event = of(telling.do(answer, "2026-12-17"), "silence_voided")
    shown = text(slug, "silence_voided", dossier, event)

    assert "réputée refusée, faute de réponse de votre part" in shown
    assert "accordée à titre provisoire" not in shown
    assert "Votre demande suit son cours" in shown
