"""`guichet campaign`: the campaigns of procedures, planned by the operator; their ranking is for agents."""

from decimal import Decimal
from typing import Annotated

import typer

from catalogue.errors import NotInForce, UnknownProcedure
from catalogue.loader import catalogue
from cli.office import AsJson, at_work, show, uuid_of
from domain.act_description import instant
from domain.amounts import InvalidFacts, in_euros, money
from domain.calendar import Instant, civil
from domain.campaign import Campaign
from domain.days_in_words import day_in_words, instant_in_words
from domain.refusals import Refused
from storage.accounts.administration import NotAdmitted, Office
from storage.engine.legal_time import legal_now
from storage.register import campaigns, outbox

app = typer.Typer(help="Campagnes : quand une démarche se dépose, et quand on la vote.", no_args_is_help=True)
MOMENT = "un jour (2027-03-01, midi à Paris) ou un instant (2027-03-01T09:00)"


@app.command("list")
def list_campaigns(*, as_json: AsJson = False) -> None:
    """Liste les campagnes, la dernière ouverte d'abord."""
    found = at_work(lambda office: campaigns.every(office.connection))
    show(found, as_json=as_json, lines=[f"{one.id}  {one.procedure}  {_in_line(one)}" for one in found])


@app.command("show")
def show_campaign(
    campaign: Annotated[str, typer.Argument(metavar="CAMPAGNE", help="Son identifiant.")], *, as_json: AsJson = False
) -> None:
    """Montre une campagne."""
    found = at_work(lambda office: campaigns.read(office.connection, uuid_of(campaign)))
    lines = [f"{found.procedure} : {_in_line(found)}", f"Budget : {in_euros(found.budget)}"]
    show(found, as_json=as_json, lines=lines)


@app.command("open")
def open_campaign(
    procedure: Annotated[str, typer.Argument(metavar="DÉMARCHE", help="La démarche.")],
    title: Annotated[str, typer.Option(help="Son titre.")],
    opens: Annotated[str, typer.Option(help=f"Son ouverture : {MOMENT}.")],
    closes: Annotated[str, typer.Option(help=f"Sa fermeture : {MOMENT}.")],
    session: Annotated[str, typer.Option(help="Le jour prévu du vote.")],
    budget: Annotated[str, typer.Option(help="En euros, par exemple 150000.00.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Prévoit une campagne : elle s'ouvre et se ferme d'elle-même."""
    dates = {"opens": _moment(opens, "--opens"), "closes": _moment(closes, "--closes")}
    on, euros = civil(_moment(session, "--session")), _euros(budget)

    async def act(office: Office) -> Campaign:
        _refuse_unless_known(procedure, await legal_now(office.connection))
        try:
            made = await campaigns.plan_campaign(
                office.connection, procedure=procedure, title=title, session=on, budget=euros, by=None, **dates
            )
        except Refused as refused:
            raise NotAdmitted(str(refused)) from refused
        await outbox.add(office.connection, "campaign", str(made.id))
        return made

    made = at_work(act)
    show(made, as_json=as_json, lines=[f"Campagne prévue : {_in_line(made)}", str(made.id)])


def _moment(text: str, option: str) -> Instant:
    try:
        return instant(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=f"l'option {option}") from error


def _euros(text: str) -> Decimal:
    try:
        return money("budget", text)
    except InvalidFacts as error:
        raise typer.BadParameter(str(error), param_hint="l'option --budget") from error


def _refuse_unless_known(procedure: str, now: Instant) -> None:
    try:
        plan = catalogue().at(procedure, civil(now))
    except (UnknownProcedure, NotInForce) as unknown:
        raise NotAdmitted(str(unknown)) from unknown
    if not plan.campaign:
        raise NotAdmitted(f"La démarche « {procedure} » se dépose à tout moment : elle n'a pas de campagne.")


def _in_line(one: Campaign) -> str:
    return (
        f"« {one.title} », du {instant_in_words(one.opens)} au {instant_in_words(one.closes)}, "
        f"vote le {day_in_words(one.session)}"
    )
