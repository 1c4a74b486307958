"""A grant becomes public by itself: from its last signature to the published row, through the real parts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from uuid import UUID

from api.public.open_data import written
from domain.calendar import civil
from domain.open_data import COLUMNS
from domain.plan import Plan
from domain.renunciation import Renounce
from domain.revocation_acts import GiveObservations, IntendRevocation, Revoke
from domain.steps.convention import SendConvention, SignConvention
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from domain.steps.opinion import AskOpinion, GiveOpinion
from domain.steps.visa import GiveVisa
from domain.steps.vote import RecordVote
from storage.lists import open_data
from tests.domain.telling_grants import ONE, TWO
from tests.domain.test_open_data import ASSOCIATION, CONTENT, CONVENTION, public_plan
from tests.workers.office import Office

SLUG = "subvention-d-essai"
GRANTER = {"nomAttribuant": "Département", "idAttribuant": "22290001100016"}


def _plan() -> Plan:
    return replace(public_plan(), procedure=SLUG)


async def _granted(office: Office, montant: str) -> UUID:
    form = {"projet": {"fin": "2027-06-30"}, "association": ASSOCIATION}
    dossier = await office.file(SLUG, plan=_plan(), form=form, electronic=False)
    filed = (await office.story(dossier)).now().filed
    assert filed is not None
    for command in (
        AskOpinion(),
        GiveOpinion(view="favourable"),
        GiveVisa(agent=ONE),
        GiveVisa(agent=TWO),
        RecordVote(adopted=True, session=civil(filed), deliberation="CP-12"),
        Decide(outcome="oui", content=CONTENT | {"montant": montant}),
        Notify(),
        SendConvention(content=CONVENTION),
        SignConvention(party="beneficiary", channel="paper", evidence="AR 1"),
    ):
        await office.act(dossier, command)
    return dossier


async def test_the_last_signature_publishes_the_grant(office: Office) -> None:
    """Nothing before it; then one row, whose file follows the schema's order."""
    async with office.working():
        dossier = await _granted(office, "30000.00")
        effects = await office.settled(dossier)
        assert not await office.rows("SELECT 1 FROM granted_row")
        assert not [kind for _, kind in effects if kind == "open_data:granted"]
        await office.act(dossier, SignConvention(party="authority"))
        effects = await office.settled(dossier)
    assert [status for (_, kind), status in effects.items() if kind == "open_data:granted"] == ["done"]
    async with office.world.transaction() as connection:
        rows = await open_data.rows(connection)
    (read,) = csv.DictReader(io.StringIO(written(rows, GRANTER)))
    assert tuple(read) == COLUMNS
    assert (read["nomBeneficiaire"], read["montant"], read["idAttribuant"]) == (
        "Ti ar Vro",
        "30000.00",
        "22290001100016",
    )
    assert read["referenceDecision"] == "CP-12"


async def test_what_is_not_public_leaves_a_reason_and_no_row(office: Office) -> None:
    """The convention was asked for above 23 000; the office's threshold is the same."""
    async with office.working():
        dossier = await _granted(office, "23000.01")
        await office.act(dossier, SignConvention(party="authority"))
        await office.settled(dossier)
        other = await office.file(
            SLUG, plan=replace(_plan(), steps=_plan().steps[:1] + _plan().steps[4:6]), form={}, electronic=False
        )
        await office.act(other, Decide(outcome="oui", content=CONTENT | {"montant": "500.00"}))
        await office.act(other, Notify())
        await office.settled(other)
    codes = await office.rows(
        "SELECT last_error_code FROM effect WHERE dossier = :d AND kind = 'open_data:granted'", d=other
    )
    assert [row.last_error_code for row in codes] == ["below_threshold"]
    assert [row.dossier for row in await office.rows("SELECT dossier FROM granted_row")] == [dossier]


async def test_a_grant_that_is_withdrawn_is_published_no_more(office: Office) -> None:
    """Its conditions were not met (CRPA L242-2): the row goes, whatever it said."""
    async with office.working():
        dossier = await _granted(office, "30000.00")
        await office.act(dossier, SignConvention(party="authority"))
        await office.settled(dossier)
        assert await office.rows("SELECT 1 FROM granted_row WHERE dossier = :d", d=dossier)
        await office.act(dossier, IntendRevocation(ground="conditions", reasons="Le projet n'a pas eu lieu."))
        await office.act(dossier, GiveObservations(text="Il est reporté.", channel="paper", evidence="Lettre du 3"))
        because = Revoke(ground="conditions", reasons_law="CRPA L242-2", reasons_fact="Le projet n'a pas eu lieu.")
        await office.act(dossier, because)
        await office.settled(dossier)
    assert not await office.rows("SELECT 1 FROM granted_row WHERE dossier = :d", d=dossier)


async def test_a_grant_that_is_renounced_is_published_no_more(office: Office) -> None:
    """Nothing of it was paid, nor will be (CRPA L242-4): there is no grant to tell."""
    async with office.working():
        dossier = await _granted(office, "30000.00")
        await office.act(dossier, SignConvention(party="authority"))
        await office.settled(dossier)
        assert await office.rows("SELECT 1 FROM granted_row WHERE dossier = :d", d=dossier)
        await office.act(dossier, Renounce(channel="paper", evidence="Lettre du 3"))
        await office.settled(dossier)
    assert not await office.rows("SELECT 1 FROM granted_row WHERE dossier = :d", d=dossier)
