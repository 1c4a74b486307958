"""Check your answers, file, and what is told at once: the reference, what comes next and when, whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import APIRouter, Response

from api.act_bodies import SubmitIn
from api.http import refusal_types as types
from api.http.problems import Problem
from api.residents import drafts as api_drafts
from api.residents import filing as api
from api.residents import letters as api_letters
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from api.shown.acknowledgement import as_filed
from domain.sentence import N_
from storage.register.before_filing import AlreadyFiled
from storage.register.idempotency import AlreadyAnswered
from web.forms.checking import checked
from web.residents.dossier_view import opened
from web.residents.filling import Filling, filling
from web.residents.reading_back import by_page, shown_rows
from web.site.confirmations import confirmation
from web.site.form_data import Posted, PostedKey, text
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter()
FILED = confirmation("depose", N_("Votre demande est déposée."))
CONFIRM = N_("Joignez les pièces qui manquent, ou cochez la case pour déposer sans elles.")
NO_ADDRESS = N_("Sans adresse électronique, la décision ne peut pas venir en ligne : elle viendra par la poste.")
UNANSWERED = N_("Des réponses manquent ou ne conviennent pas : reprenez les pages indiquées.")
SAID = {
    types.MISSING_PIECES: ("incomplete", CONFIRM),
    types.FORM_INVALID: ("reponses", UNANSWERED),
    types.FORM_CHANGED: ("reponses", UNANSWERED),
    types.NO_ADDRESS: ("courrier", NO_ADDRESS),
}
"""What refuses a filing: where the page says it, and how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person ticked before filing."""

    incomplete: bool = False
    electronic: bool = False
    errors: Sequence[tuple[str, str]] = field(default=())


@router.get("/brouillons/{draft}/verification")
async def check_page(draft: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Every answer, with the way to change it; what is missing; the last choices."""
    one = await filling(services, here, acting, draft)
    return await _check(here, acting, services, one, Wishes())


@router.post("/brouillons/{draft}/depot")
async def file_draft(
    draft: UUID, here: At, acting: ActingPerson, services: Use, form: Posted, key: PostedKey
) -> Response:
    """File, once; then the acknowledgement."""
    body = SubmitIn(incomplete=bool(text(form, "incomplete")), electronic_notice=bool(text(form, "electronic_notice")))
    done = redirect(here.at_counter(f"/dossiers/{draft}/recepisse", dit=FILED))
    try:
        await api.file_draft(services, acting, draft, body, key or str(draft), "/v1/residents")
    except (AlreadyAnswered, AlreadyFiled):
        return done
    except Problem as problem:
        if problem.type not in SAID:
            raise
        wishes = Wishes(incomplete=body.incomplete, electronic=body.electronic_notice, errors=[SAID[problem.type]])
        return await _check(here, acting, services, await filling(services, here, acting, draft), wishes)
    return done


@router.get("/dossiers/{dossier}/recepisse")
async def receipt_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """The acknowledgement of receipt, as it was given at filing, and as a PDF once it is made."""
    one = await opened(services, here, acting, dossier)
    letters = await api_letters.list_letters(dossier, acting, services)
    return page(
        here,
        "residents/receipt.html",
        one=one,
        told=as_filed(one.seen),
        reached=await api.reached(services, acting),
        pdf=next((letter for letter in letters if letter.kind == "acknowledgement"), None),
    )


async def _check(here: Here, acting: Acting, services: Services, one: Filling, wishes: Wishes) -> Response:
    found = await api_drafts.check_draft(one.draft.id, acting, services)
    rows = checked(one.form, one.draft.content, **shown_rows(here), documents=one.files)
    wrong = {error.pointer.split("/")[1] for error in found.errors}
    return page(
        here,
        "residents/check.html",
        status=422 if wishes.errors else 200,
        one=one,
        pages=by_page(rows),
        wrong=[each for each in one.pages if each.name in wrong],
        warnings=found.warnings,
        missing=[each for each in one.pieces if each.piece.key in found.missing_pieces],
        wishes=wishes,
        reached=await api.reached(services, acting),
    )
