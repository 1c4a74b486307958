"""The catalogue: what may be asked of the département, with which form, which pieces, and what silence means."""

from typing import Any, Literal

from api.http.inputs import Out
from api.http.rooms import Room
from api.offer import form_of, in_force, served
from api.services import ANONYMOUS, Use
from api.shown.acknowledgement import OfficeOut
from api.shown.campaign import WindowOut
from catalogue.eligibility import TRY_ANYWAY, eligibility
from catalogue.errors import NotInForce
from catalogue.loader import catalogue
from domain.citations import cited_each
from domain.plan import Plan
from storage.engine.legal_time import legal_now
from storage.register import campaigns

router = Room()


class ProcedureOut(Out):
    """A procedure in a list."""

    slug: str
    title: str
    authority: str
    who: tuple[str, ...]
    delay: str
    silence: str


class AskedPieceOut(Out):
    """A piece that may be asked for, and the text that requires it."""

    key: str
    title: str
    description: str
    required: bool
    required_when: dict[str, Any]
    indispensable: bool
    reference: tuple[str, ...]


class StepOfPlanOut(Out):
    """A step, in order."""

    kind: str
    label: str
    reference: tuple[str, ...]


class ProcedureDetailOut(ProcedureOut):
    """A procedure with its form (JSON Schema 2020-12; top-level objects are the pages), its pieces and its steps."""

    office: OfficeOut
    reference: tuple[str, ...]
    form_version: int
    pages: tuple[str, ...]
    form: dict[str, Any]
    pieces: tuple[AskedPieceOut, ...]
    steps: tuple[StepOfPlanOut, ...]
    campaign: bool


class QuestionOut(Out):
    """One condition, asked of a person. `expected` meets it; `otherwise` is what the other answer means.

    `unsure`: what to look at when one does not know. `see`: the slug of a procedure that may help instead.
    """

    key: str
    question: str
    expected: Literal["oui", "non"]
    otherwise: str
    unsure: str
    see: str | None
    reference: tuple[str, ...]


class EligibilityOut(Out):
    """What is asked before beginning, in order; nothing where a procedure asks nothing."""

    questions: tuple[QuestionOut, ...]


@router.get("/procedures")
async def list_procedures(services: Use) -> list[ProcedureOut]:
    """Every procedure on offer, by name: in force, and served by a group of agents."""
    known = await served(services)
    plans = (plan for plan in map(_in_force, catalogue().slugs()) if plan is not None)
    return [ProcedureOut(**_summary(plan)) for plan in plans if plan.procedure in known]


@router.get("/procedures/{slug}")
async def read_procedure(slug: str) -> ProcedureDetailOut:
    """One procedure, with everything needed to file it."""
    plan = in_force(slug)
    form = form_of(plan)
    return ProcedureDetailOut(
        **_summary(plan),
        office=OfficeOut.model_validate(plan.office),
        reference=plan.clock.reference,
        form_version=plan.form,
        pages=form.pages,
        form=dict(form.schema),
        pieces=tuple(AskedPieceOut.model_validate(piece) for piece in plan.pieces),
        steps=tuple(StepOfPlanOut(kind=s.kind, label=s.label, reference=s.reference) for s in plan.steps),
        campaign=plan.campaign,
    )


@router.get("/procedures/{slug}/eligibility")
async def read_eligibility(slug: str) -> EligibilityOut:
    """The few questions asked before beginning: they help to choose, and decide nothing."""
    asked = eligibility(in_force(slug).procedure).questions
    return EligibilityOut(
        questions=tuple(
            QuestionOut.showing(
                one,
                unsure=one.unsure or TRY_ANYWAY,
                see=one.see or None,
                reference=cited_each(one.reference, one.confidence),
            )
            for one in asked
        )
    )


@router.get("/procedures/{slug}/campaigns")
async def list_windows(slug: str, services: Use) -> list[WindowOut]:
    """When a procedure that has campaigns may be filed, the first to open first; empty for the others."""
    plan = in_force(slug)
    async with services.database.transaction(ANONYMOUS) as connection:
        found, now = await campaigns.windows(connection, plan.procedure), await legal_now(connection)
    return [WindowOut.of(window, now) for window in found]


def _in_force(slug: str) -> Plan | None:
    try:
        return in_force(slug)
    except NotInForce:
        return None


def _summary(plan: Plan) -> dict[str, Any]:
    return {
        "slug": plan.procedure,
        "title": plan.title,
        "authority": plan.authority,
        "who": plan.who,
        "delay": plan.clock.delay.in_words(),
        "silence": plan.clock.silence,
    }
