"""Mediators' organisations and their members."""

from datetime import datetime
from uuid import UUID

from api.admin.office import AtWork, Siret, Title
from api.http.inputs import In, Out
from api.http.rooms import Room
from storage.accounts import organisations

router = Room()


class OrganisationIn(In):
    """A new organisation."""

    name: Title
    siret: Siret | None = None


class OrganisationOut(Out):
    """An organisation."""

    id: UUID
    name: str
    siret: str | None
    created_at: datetime
    disabled_at: datetime | None


@router.get("/organisations")
async def list_organisations(office: AtWork) -> list[OrganisationOut]:
    """Every organisation, by name."""
    return [OrganisationOut.model_validate(one) for one in await organisations.every(office.connection)]


@router.post("/organisations", status_code=201)
async def add_organisation(body: OrganisationIn, office: AtWork) -> OrganisationOut:
    """Create an organisation."""
    organisation = await office.add_organisation(body.name, body.siret)
    return OrganisationOut.model_validate(await organisations.read(office.connection, organisation))


@router.post("/organisations/{organisation}/disable", status_code=204)
async def disable_organisation(organisation: UUID, office: AtWork) -> None:
    """Shut an organisation and its mediators out, at once."""
    await office.set_organisation_enabled(organisation, enabled=False)


@router.post("/organisations/{organisation}/enable", status_code=204)
async def enable_organisation(organisation: UUID, office: AtWork) -> None:
    """Admit an organisation again."""
    await office.set_organisation_enabled(organisation, enabled=True)


@router.get("/organisations/{organisation}/members")
async def list_members(organisation: UUID, office: AtWork) -> list[UUID]:
    """The accounts of its mediators."""
    return await organisations.members(office.connection, organisation)


@router.put("/organisations/{organisation}/members/{account}", status_code=204)
async def attach(organisation: UUID, account: UUID, office: AtWork) -> None:
    """Make a mediator a member, in place of the organisation before."""
    await office.attach(organisation, account)


@router.delete("/organisations/{organisation}/members/{account}", status_code=204)
async def detach(organisation: UUID, account: UUID, office: AtWork) -> None:
    """Take a mediator out."""
    await office.detach(organisation, account)
