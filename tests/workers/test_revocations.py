"""A decision put right, on the real parts: its letter is made, its notice brought, the agents told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.rectification import CancelDecision, Rectify
from domain.refusals import Refused
from domain.revocation_acts import GiveObservations, IntendRevocation, Revoke
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from domain.steps.pieces import Acknowledge
from tests.workers.office import Office
from tests.workers.stories import OUTCOME, to_its_silence

SLUG = "agrement-accueillant-familial"
BECAUSE = Revoke(ground="illegal", reasons_law="CASF L441-1", reasons_fact="Logement dangereux.")


async def test_an_acceptance_by_silence_is_withdrawn_with_its_letters_and_its_notice(office: Office) -> None:
    """Told first, answered by the person, withdrawn; the letter goes by post to who consented to nothing else."""
    async with office.working():
        dossier = await office.file(SLUG)
        await office.act(dossier, Acknowledge())
        await to_its_silence(office, dossier)
        with pytest.raises(Refused, match="L122-1"):
            await office.act(dossier, BECAUSE)
        told = await office.act(dossier, IntendRevocation(ground="illegal", reasons="Le logement est dangereux."))
        said = GiveObservations(text="Les travaux sont faits.", channel="paper", evidence="Lettre du 3")
        await office.act(dossier, said)
        taken = await office.act(dossier, BECAUSE)
        effects = await office.settled(dossier)
        await office.act(dossier, Notify())
        story = await office.story(dossier)
        due = story.now().silence_due()
        assert due is not None
        await office.fix(due + timedelta(seconds=1))
        last = await office.settled(dossier)

    assert effects[(told.version, "letter:revocation_intended")] == "done"
    assert effects[(told.version, "email:revocation_intended")] == "done"
    assert effects[(taken.version, "letter:revocation")] == "done"
    assert effects[(taken.version, "notice:revocation")] == "done"
    assert "failed" not in {*effects.values(), *last.values()}
    subjects = [mail["Subject"] for mail in office.mails()]
    assert "Vos observations sont demandées" in subjects
    assert (
        await office.rows("SELECT 1 FROM letter WHERE dossier = :d AND kind = 'letter:revocation'", d=dossier)
    ) != []
    # The delay that ran again decided again.
    assert (await office.story(dossier)).now().status == "implied_acceptance"


async def test_a_cancelled_decision_leaves_no_notice_and_a_rectified_one_its_letter(office: Office) -> None:
    slug = "agrement-assistant-maternel"
    sign = Decide(outcome=OUTCOME[slug], reasons_law="Texte", reasons_fact="Faits")
    dossier = await office.file(slug)
    signed = await office.act(dossier, sign)
    await office.act(dossier, CancelDecision(reasons="Signée par erreur."))
    async with office.working():
        effects = await office.settled(dossier)
        assert effects[(signed.version, "letter:decision")] == "superseded"
        again = await office.act(dossier, sign)
        await office.act(dossier, Notify())
        rectified = await office.act(dossier, Rectify(error="Le 3 avril 1890", instead="Le 3 avril 1980"))
        effects = await office.settled(dossier)
    assert effects[(again.version, "letter:decision")] == "done"
    assert effects[(rectified.version, "letter:rectification")] == "done"
    assert effects[(rectified.version, "email:rectification")] == "done"
