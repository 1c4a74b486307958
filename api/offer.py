"""The procedures on offer: to whom, from which day, with which form."""

from datetime import UTC, date, datetime
from typing import Any

from api.http import refusal_types as types
from api.http.problems import Problem
from api.services import ANONYMOUS, Services
from catalogue import forms
from catalogue.loader import catalogue
from domain.calendar import civil
from domain.plan import Audience, Plan
from domain.sentence import Sentence
from storage.accounts import groups


def in_force(procedure: str, on: date | None = None) -> Plan:
    """The published version that a filing of that civil day (of today, on the real clock) pins.

    Raises UnknownProcedure, NotInForce.
    """
    return catalogue().at(procedure, on or civil(datetime.now(UTC)))


def offered(procedure: str, audience: Audience, on: date | None = None) -> Plan:
    """The version in force, for what this audience may file. Raises UnknownProcedure, NotInForce, Problem."""
    plan = in_force(procedure, on)
    if audience not in plan.who:
        raise Problem(
            types.NOT_OFFERED,
            Sentence("« {title} » ne se dépose pas par cette voie. Adressez-vous au service.", title=plan.title),
        )
    return plan


async def served(services: Services) -> frozenset[str]:
    """The procedures that a group of agents serves; one that none serves is not offered, whoever asks."""
    async with services.database.transaction(ANONYMOUS) as connection:
        return await groups.served(connection)


async def refuse_unserved(services: Services, plan: Plan) -> None:
    """Raises Problem when what would be filed would wait in nobody's queue. What is begun may be filed all the same."""
    if plan.procedure not in await served(services):
        raise Problem(
            types.NOT_OFFERED,
            Sentence(
                "Aucun service ne reçoit encore « {title} » en ligne. Faites-la sur papier, ou appelez le département.",
                title=plan.title,
            ),
        )


def form_of(plan: Plan, version: int | None = None) -> forms.Form:
    """The form that is filled in to file; of the version that a draft follows when it is given."""
    return forms.form(plan.procedure, f"v{version or plan.form}")


def carried_over(plan: Plan, content: dict[str, Any], version: int) -> dict[str, Any]:
    """The answers of a draft of form `version`, with the computed fields of today's form in place of its own."""
    return form_of(plan).completed(form_of(plan, version).uncomputed(content))
