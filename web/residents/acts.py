"""What a person does on their request: write, answer a proposal, sign, withdraw or renounce, have it attested."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter, Response

from api.residents import acts as api
from api.residents.acting import ActingPerson
from api.services import Use
from domain.worded import N_
from web.residents.dossiers import Opened, opened
from web.residents.hands import PostedHand
from web.residents.written import Written, proposed
from web.site.here import At, Here
from web.site.posted import Posted, text
from web.site.rendering import page, redirect

router = APIRouter()
ANSWERS = ("accepted", "changes", "refused")
LONGEST_MESSAGE = 20_000
LONGEST_REASON = 5_000
EMPTY_MESSAGE = N_("Écrivez votre message.")
CHOOSE = N_("Choisissez votre réponse.")
WHICH_CHANGES = N_("Dites quels changements vous demandez.")
SAY_UNDERSTOOD = N_("Cochez la case si vous voulez vraiment renoncer.")
EMPTY_OBSERVATIONS = N_("Écrivez vos observations, ou demandez à être entendu.")
TOO_LONG = N_("Ce texte est trop long : raccourcissez-le.")


@router.get("/dossiers/{dossier}/messages")
async def messages_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Every message, and where to write one."""
    return _messages(here, await opened(services, here, acting, dossier))


@router.post("/dossiers/{dossier}/messages")
async def write_message(
    dossier: UUID, here: At, acting: ActingPerson, services: Use, hand: PostedHand, form: Posted
) -> Response:
    """Write to the service."""
    said = text(form, "message")
    error = "" if 0 < len(said) <= LONGEST_MESSAGE else EMPTY_MESSAGE if not said else TOO_LONG
    if error:
        return _messages(here, await opened(services, here, acting, dossier), typed=said, error=error)
    # Whatever happened meanwhile, a message is a message.
    await api.act("send_message", dossier, replace(hand, version=None), text=said)
    return redirect(here.at_counter(f"/dossiers/{dossier}/messages", dit="message"))


@router.get("/dossiers/{dossier}/proposition")
async def proposal_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """The proposal, until when to answer it, and the three answers."""
    return _proposal(here, await opened(services, here, acting, dossier))


@router.post("/dossiers/{dossier}/proposition")
async def answer_proposal(
    dossier: UUID, here: At, acting: ActingPerson, services: Use, hand: PostedHand, form: Posted
) -> Response:
    """Accept, ask for changes, or refuse."""
    answer, said = text(form, "reponse"), text(form, "changements")
    errors: list[tuple[str, str]] = []
    if answer not in ANSWERS:
        errors = [("reponse-accepted", CHOOSE)]
    elif answer == "changes" and not said:
        errors = [("changements", WHICH_CHANGES)]
    elif len(said) > LONGEST_MESSAGE:
        errors = [("changements", TOO_LONG)]
    if errors:
        one = await opened(services, here, acting, dossier)
        return _proposal(here, one, chosen=answer, typed=said, errors=errors)
    changes = said if answer == "changes" else ""
    await api.act("answer_proposal", dossier, hand, answer=answer, text=changes)
    return redirect(here.at_counter(f"/dossiers/{dossier}", dit=f"proposition_{answer}"))


@router.get("/dossiers/{dossier}/convention")
async def convention_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """The convention to sign."""
    return page(here, "residents/convention.html", one=await opened(services, here, acting, dossier))


@router.post("/dossiers/{dossier}/convention")
async def sign_convention(dossier: UUID, here: At, hand: PostedHand) -> Response:
    """Sign it."""
    await api.act("sign_convention", dossier, hand)
    return redirect(here.at_counter(f"/dossiers/{dossier}", dit="signe"))


@router.get("/dossiers/{dossier}/retrait")
async def withdrawal_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What withdrawing means, before doing it."""
    return page(
        here, "residents/withdrawal.html", one=await opened(services, here, acting, dossier), typed="", error=""
    )


@router.post("/dossiers/{dossier}/retrait")
async def withdraw(
    dossier: UUID, here: At, acting: ActingPerson, services: Use, hand: PostedHand, form: Posted
) -> Response:
    """Withdraw the request."""
    reason = text(form, "raison")
    if len(reason) > LONGEST_REASON:
        one = await opened(services, here, acting, dossier)
        return page(here, "residents/withdrawal.html", status=422, one=one, typed=reason, error=TOO_LONG)
    await api.act("withdraw", dossier, hand, reason=reason)
    return redirect(here.at_counter(f"/dossiers/{dossier}", dit="retire"))


@router.get("/dossiers/{dossier}/renonciation")
async def renunciation_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What renouncing means, before doing it."""
    return _renunciation(here, await opened(services, here, acting, dossier))


@router.post("/dossiers/{dossier}/renonciation")
async def renounce(
    dossier: UUID, here: At, acting: ActingPerson, services: Use, hand: PostedHand, form: Posted
) -> Response:
    """Give up what was granted, once the person said that they know what they lose."""
    reason, errors = text(form, "raison"), list[tuple[str, str]]()
    if not text(form, "compris"):
        errors.append(("compris", SAY_UNDERSTOOD))
    if len(reason) > LONGEST_REASON:
        errors.append(("raison", TOO_LONG))
    if errors:
        return _renunciation(here, await opened(services, here, acting, dossier), typed=reason, errors=errors)
    await api.act("renounce", dossier, hand, understood=True, reason=reason)
    return redirect(here.at_counter(f"/dossiers/{dossier}", dit="renonce"))


@router.get("/dossiers/{dossier}/attestation")
async def attestation_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What the attestation of an acceptance by silence is for."""
    return page(here, "residents/attestation.html", one=await opened(services, here, acting, dossier))


@router.post("/dossiers/{dossier}/attestation")
async def request_attestation(dossier: UUID, here: At, hand: PostedHand) -> Response:
    """Ask for it: it is issued by that."""
    await api.act("request_attestation", dossier, hand)
    return redirect(here.at_counter(f"/dossiers/{dossier}", dit="atteste"))


@router.get("/dossiers/{dossier}/observations")
async def observations_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Why a decision may be withdrawn, and where to answer before it is."""
    return _observations(here, await opened(services, here, acting, dossier))


@router.post("/dossiers/{dossier}/observations")
async def give_observations(
    dossier: UUID, here: At, acting: ActingPerson, services: Use, hand: PostedHand, form: Posted
) -> Response:
    """Answer, or ask to be heard."""
    said, heard = text(form, "observations"), text(form, "entretien") == "oui"
    error = TOO_LONG if len(said) > LONGEST_MESSAGE else "" if said or heard else EMPTY_OBSERVATIONS
    if error:
        return _observations(here, await opened(services, here, acting, dossier), typed=said, error=error)
    await api.act("give_observations", dossier, hand, text=said, to_be_heard=heard)
    return redirect(here.at_counter(f"/dossiers/{dossier}", dit="observe"))


@router.get("/dossiers/{dossier}/reprise")
async def take_over_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What following it alone means."""
    return page(here, "residents/take_over.html", one=await opened(services, here, acting, dossier))


@router.post("/dossiers/{dossier}/reprise")
async def take_over(dossier: UUID, here: At, hand: PostedHand) -> Response:
    """Take the request over from the mediator."""
    await api.act("take_over", dossier, hand)
    return redirect(here.at_counter(f"/dossiers/{dossier}", dit="repris"))


def _observations(here: Here, one: Opened, *, typed: str = "", error: str = "") -> Response:
    status = 422 if error else 200
    return page(here, "residents/observations.html", status=status, one=one, typed=typed, error=error)


def _messages(here: Here, one: Opened, *, typed: str = "", error: str = "") -> Response:
    return page(
        here,
        "residents/messages.html",
        status=422 if error else 200,
        one=one,
        messages=one.messages(),
        typed=typed,
        error=error,
    )


def _renunciation(here: Here, one: Opened, *, typed: str = "", errors: list[tuple[str, str]] | None = None) -> Response:
    status = 422 if errors else 200
    return page(here, "residents/renunciation.html", status=status, one=one, typed=typed, errors=errors or [])


def _proposal(
    here: Here, one: Opened, *, chosen: str = "", typed: str = "", errors: list[tuple[str, str]] | None = None
) -> Response:
    return page(
        here,
        "residents/proposal.html",
        status=422 if errors else 200,
        one=one,
        asked=one.asked_changes,
        written=proposed(here, one.dossier.plan, one.shown.proposal.content) if one.shown.proposal else Written(),
        chosen=chosen,
        typed=typed,
        errors=errors or [],
    )
