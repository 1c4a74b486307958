"""« Est-ce pour moi ? »: a few questions before any effort. The answers are read, and kept nowhere."""

from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.http import problem_types as types
from api.http.problems import Problem
from catalogue.eligibility import TRY_ANYWAY, Question, eligibility
from domain.citations import cited
from domain.plan import Plan
from web.forms.reading import read_page, wrong
from web.forms.showing import shown_page
from web.public.procedures import plan_at
from web.site.form_data import Posted, refuse_foreign
from web.site.guides import guide_in
from web.site.page import At, Here
from web.site.rendering import page

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an answer means: the question, the sentence, its text, and the procedure that may help instead."""

    question: str
    sentence: str
    article: str
    see: str = ""
    see_title: str = ""


@router.get("/demarches/{slug}/pour-moi")
async def eligibility_page(slug: str, here: At) -> Response:
    """The questions, with no account."""
    plan = _asking(slug)
    shown = shown_page(eligibility(slug).form, None, {}, translate=here.words.say)
    return page(here, "public/eligibility.html", plan=plan, guide=guide_in(here.code, slug), shown=shown)


@router.post("/demarches/{slug}/pour-moi", dependencies=[Depends(refuse_foreign)])
async def answered(slug: str, here: At, posted: Posted) -> Response:
    """What the answers mean. They decide nothing: the procedure may be begun whatever they are."""
    plan, asked, guide = _asking(slug), eligibility(slug), guide_in(here.code, slug)
    read = read_page(asked.form, None, posted, {})
    errors = wrong(asked.form, None, read)
    if errors:
        shown = shown_page(asked.form, None, {}, translate=here.words.say, errors=errors, read=read)
        return page(here, "public/eligibility.html", status=422, plan=plan, guide=guide, shown=shown)
    return page(
        here,
        "public/eligible.html",
        plan=plan,
        guide=guide,
        unmet=[_told(here, each, each.otherwise) for each in asked.unmet(read.answers)],
        unknown=[_told(here, each, each.unsure or TRY_ANYWAY) for each in asked.unknown(read.answers)],
    )


def _asking(slug: str) -> Plan:
    plan = plan_at(slug)
    if not eligibility(slug).questions:
        raise Problem(types.NOT_FOUND, "Cette démarche ne pose aucune question avant de commencer.")
    return plan


def _told(here: Here, question: Question, sentence: str) -> Told:
    return Told(
        question=question.question,
        sentence=sentence,
        article=cited(question.reference, question.confidence),
        see=question.see,
        see_title=guide_in(here.code, question.see).title if question.see else "",
    )
