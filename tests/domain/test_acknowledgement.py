"""Every mention of CRPA R112-11-1, and the missing pieces of R112-11-4."""

from __future__ import annotations

from datetime import date

from domain.acknowledgement import acknowledge
from domain.calendar import Delay
from domain.plan import Appeal
from tests.domain.telling import Telling, plan

CADA = Appeal(
    kind="cada",
    title="Saisine de la CADA",
    before="la Commission d'accès aux documents administratifs",
    within=Delay(months=2),
    mandatory_first=True,
    reference=("CRPA R343-1",),
)


def test_an_acceptance_says_its_date_and_the_right_to_an_attestation() -> None:
    """Date of reception, office, effect, date of the implied decision."""
    said = acknowledge(Telling(plan()).file("2026-11-30").dossier, "29-1")

    assert (said.received_on, said.implied_on) == (date(2026, 11, 30), date(2027, 2, 28))
    assert "acceptée le 28 février 2027, sous réserve que la demande soit complète" in said.effect
    assert "d'office" in said.attestation
    assert said.office.name
    assert said.complete
    assert said.articles[0] == "CRPA R112-11-1"


def test_a_rejection_says_how_to_appeal() -> None:
    """Ways and delays; no attestation."""
    of = plan("rejection", stopped_by="decision", start="competent", months=1, appeals=(CADA,))
    said = acknowledge(Telling(of).file("2026-11-23").dossier, "29-2")

    assert said.implied_on == date(2026, 12, 23)
    assert said.attestation == ""
    assert said.appeals == (
        (
            "Saisine de la CADA, devant la Commission d'accès aux documents administratifs, "
            "dans un délai de 2 mois (CRPA R343-1)."
        ),
    )


def test_an_incomplete_file_lists_what_is_missing_and_has_no_date_yet() -> None:
    """CRPA R112-11-4."""
    said = acknowledge(Telling(plan()).file("2026-11-30", complete=False).dossier, "29-3")

    assert not said.complete
    assert said.implied_on is None
    assert [(piece.key, piece.indispensable) for piece in said.missing] == [("certificat", True)]
    assert "CRPA R112-11-4" in said.articles
    assert "du jour où votre dossier sera complet" in said.effect


def test_an_attestation_on_request_names_its_article() -> None:
    """CRPA L232-3."""
    said = acknowledge(Telling(plan(attestation="on_request")).file("2026-11-30").dossier, "29-4")
    assert "L232-3" in said.attestation


def test_silence_without_effect_says_so() -> None:
    """Nothing is promised."""
    said = acknowledge(Telling(plan("none")).file("2026-11-30").dossier, "29-5")
    assert said.implied_on is None
    assert "n'a pas d'effet" in said.effect
