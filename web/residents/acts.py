"""What a person does on their request: write, answer a proposal, sign, withdraw or renounce, have it attested.

Each act has its page by its command alone; those that show or need more are named here.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.datastructures import FormData

from api.act_bodies import acts_of
from api.residents import acts as api
from api.residents.acting import ActingPerson
from api.services import Use
from domain.act_fields import Field
from domain.sentence import N_
from web.residents.act_pages import ActPage
from web.residents.dossier_view import DossierView, opened
from web.residents.hands import PostedHand
from web.residents.written import Written, proposed
from web.site.confirmations import confirmation
from web.site.form_data import Posted
from web.site.page import At, Here
from web.site.rendering import redirect

ANSWERED = {
    "accepted": confirmation(
        "proposition_accepted", N_("Vous avez accepté la proposition. Le service va prendre sa décision.")
    ),
    "changes": confirmation(
        "proposition_changes",
        N_("Votre demande de changements est envoyée. Le service vous fera une proposition définitive."),
    ),
    "refused": confirmation("proposition_refused", N_("Vous avez refusé la proposition.")),
}


class Messages(ActPage):
    """Every message, and where to write one."""

    def beside(self, here: Here, one: DossierView) -> Mapping[str, Any]:
        """Those that were written."""
        del here
        return {"messages": one.messages()}


class Proposal(ActPage):
    """The proposal, until when to answer it, and the three answers."""

    def possible(self, one: DossierView) -> bool:
        """Once it was read."""
        return one.shown.proposal is not None and super().possible(one)

    def asked(self, one: DossierView) -> tuple[Field, ...]:
        """One that is final is not to be changed."""
        answer, changes = self.fields
        if one.shown.proposal is None or not one.shown.proposal.final:
            return answer, changes
        return (replace(answer, choices=tuple(each for each in answer.choices if each != "changes")),)

    def beside(self, here: Here, one: DossierView) -> Mapping[str, Any]:
        """What it says."""
        said = one.shown.proposal
        return {"written": proposed(here, one.dossier.plan, said.content) if said else Written()}

    def lacks(self, body: Mapping[str, Any]) -> tuple[str, ...]:
        """Which changes."""
        return ("text",) if body.get("answer") == "changes" and "text" not in body else ()

    def said(self, body: Mapping[str, Any]) -> str:
        """What comes of that answer."""
        return ANSWERED[body["answer"]]

    def read(self, form: FormData) -> dict[str, Any]:
        """Changes are those of who asks for some."""
        said = super().read(form)
        return {name: each for name, each in said.items() if name != "text" or said.get("answer") == "changes"}


class Observations(ActPage):
    """Why a decision may be withdrawn, and where to answer before it is."""

    def possible(self, one: DossierView) -> bool:
        """While it is thought of."""
        return one.shown.intended_revocation is not None

    def lacks(self, body: Mapping[str, Any]) -> tuple[str, ...]:
        """Something to say, or to be heard."""
        return () if "text" in body or body.get("to_be_heard") else ("text",)


class TakeOver(ActPage):
    """What following it alone means."""

    def possible(self, one: DossierView) -> bool:
        """While a mediator's organisation sees it."""
        return one.mediated and super().possible(one)


NAMED: tuple[ActPage, ...] = (
    Messages("send_message", "messages", {"text": "message"}, then="/messages", meanwhile=True),
    Proposal("answer_proposal", "proposition", {"answer": "reponse", "text": "changements"}),
    ActPage("sign_convention", "convention"),
    Observations(
        "give_observations",
        "observations",
        {"text": "observations", "to_be_heard": "entretien"},
        N_("Donner mon avis sur le retrait envisagé"),
    ),
    ActPage("request_attestation", "attestation", link=N_("Demander l'attestation")),
    ActPage("give_up_electronic_notices", "par-la-poste", link=N_("Recevoir les décisions par la poste")),
    TakeOver("take_over", "reprise", link=N_("Suivre seul cette demande, sans mon médiateur")),
    ActPage(
        "renounce",
        "renonciation",
        {"understood": "compris", "reason": "raison"},
        N_("Renoncer à ce qui m'est accordé"),
    ),
    ActPage("withdraw", "retrait", {"reason": "raison"}, N_("Retirer cette demande")),
)
"""Acts whose pages have an address, inputs or words of their own; any other has what its command says."""
_NAMED = {each.name for each in NAMED}
_OTHERS = (ActPage(act.act(), f"actes/{act.act()}", link=act.label) for act in acts_of("resident"))
PAGES: Mapping[str, ActPage] = {
    each.name: each for each in (*(one for one in _OTHERS if one.name not in _NAMED and one.by_itself), *NAMED)
}
"""Every act of the person that has its page, by its name."""


def _shows(act: ActPage) -> Callable[..., Awaitable[Response]]:
    async def shows(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
        return act.drawn(here, await opened(services, here, acting, dossier))

    return shows


def _does(act: ActPage) -> Callable[..., Awaitable[Response]]:
    async def does(
        dossier: UUID, here: At, acting: ActingPerson, services: Use, hand: PostedHand, form: Posted
    ) -> Response:
        body = act.read(form)
        if wrong := act.wrong(body):
            return act.drawn(here, await opened(services, here, acting, dossier), body, wrong)
        await api.act(act.name, dossier, replace(hand, version=None) if act.meanwhile else hand, **body)
        return redirect(here.at_counter(f"/dossiers/{dossier}{act.then}", dit=act.said(body)))

    return does


router = APIRouter()
for each in PAGES.values():
    router.add_api_route(f"/dossiers/{{dossier}}/{each.path}", _shows(each), methods=["GET"])
    router.add_api_route(f"/dossiers/{{dossier}}/{each.path}", _does(each), methods=["POST"])
