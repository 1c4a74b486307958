"""An appeal is a dossier of its own, and the dossier that it attacks hears of it: lodged, then answered or not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from catalogue.loader import catalogue
from domain.actors import Actor
from domain.calendar import civil
from domain.dossier import Dossier
from domain.filing import File
from domain.remedies import remedies
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from storage.engine.database import WORKING
from storage.register import filing
from tests.workers.office import Office, example


async def refused(office: Office) -> tuple[UUID, str]:
    """A request refused and notified, which may be attacked; its id and its reference."""
    attacked = await office.file("agrement-assistant-maternel", electronic=False)
    await office.act(
        attacked, Decide(outcome="refus", reasons_law="CASF L421-3", reasons_fact="Logement non sécurisé.")
    )
    await office.act(attacked, Notify())
    return attacked, (await office.story(attacked)).reference


async def appeal(office: Office, reference: str, *, by: str = "anna@example.org") -> UUID:
    """A gracious appeal that names a decision by its reference."""
    plan = catalogue().plan("recours-gracieux")
    form = example("recours-gracieux")["form"]
    assert plan.contests is not None
    page, name = plan.contests.reference.strip("/").split("/")
    form[page][name] = reference
    resident, lodged = await office.resident(by), uuid4()
    owed = [piece.key for piece in plan.pieces if piece.required_for(form)]
    command = File(form=form, pieces={key: (uuid4(),) for key in owed})
    actor = Actor(kind="resident", id=resident, name="Anna Le Goff")
    owner = filing.Owner(resident=resident)
    await filing.deposit(office.world.database, WORKING, lodged, command, actor, plan=plan, owner=owner)
    return lodged


async def now(office: Office, dossier: UUID) -> Dossier:
    """The dossier after its last entry."""
    return (await office.story(dossier)).now()


async def test_the_dossier_attacked_hears_of_the_appeal_and_of_its_silence(office: Office) -> None:
    """Two months without an answer reject the appeal (CRPA L411-7): the court's period runs anew from there."""
    async with office.working():
        attacked, reference = await refused(office)
        lodged = await appeal(office, reference)
        await office.settled(lodged)
        (heard,) = (await now(office, attacked)).appeals
        assert (heard.appeal, heard.of, heard.in_time, heard.ended) == (lodged, "gracieux", True, None)

        due = (await now(office, lodged)).silence_due()
        assert due is not None
        await office.fix(due + timedelta(hours=1))
        silent = "SELECT 1 FROM journal WHERE dossier = :d AND kind = 'silence_took_effect'"
        await office.until(lambda: office.rows(silent, d=lodged))
        await office.settled(lodged)
        (heard,) = (await now(office, attacked)).appeals
    assert (heard.conclusion, heard.ended) == ("implied_rejection", due)
    ways = {way.kind: way for way in remedies(await now(office, attacked), due + timedelta(days=1))}
    court = ways["tribunal-administratif"]
    assert court.state == "open"
    assert court.until is not None
    assert court.until > civil(due) + timedelta(days=58)


async def test_somebody_else_s_decision_is_not_touched(office: Office) -> None:
    """Naming the reference of another person's dossier does nothing to it, and is no failure."""
    async with office.working():
        attacked, reference = await refused(office)
        lodged = await appeal(office, reference, by="yves@example.org")
        effects = await office.settled(lodged)
    assert (await now(office, attacked)).appeals == ()
    assert effects[(1, "appeal:lodged")] == "done"
