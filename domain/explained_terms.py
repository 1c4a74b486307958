"""The last days explained: those given to the person, and by when a decision must leave."""

from __future__ import annotations

from datetime import date

from domain.acknowledgement import provide_by
from domain.awaited import deadlines
from domain.days_in_words import day_in_words
from domain.derivation import Line, Recorded, Viewer
from domain.dossier import Dossier
from domain.explained_clock import last_cause
from domain.last_useful_day import last_useful_days
from domain.remedies import remedies
from domain.revoking import HEARING
from domain.steps.decision import Decision
from domain.steps.proposal import Proposal
from domain.steps.report import Report
from domain.worded import Sentence, Verbatim


def term_lines(dossier: Dossier, viewer: Viewer, made: Recorded) -> list[Line]:
    """What the person has until when to do; for agents, the last useful day of each channel and
    the last day to decide after an opinion.

    `made` is the entry that made the status: a way to contest is open from there.
    """
    lines = [
        *_missing_pieces(dossier),
        *_requests(dossier),
        *_proposal(dossier),
        *_observations(dossier),
        *_report(dossier),
        *_remedies(dossier, made),
    ]
    if viewer != "agent":
        return lines
    return lines + _after_opinion(dossier) + _last_useful_days(dossier) + _of_the_office(dossier)


def first_term(dossier: Dossier) -> date | None:
    """The last day given at filing to provide what was missing, while that is awaited."""
    in_receipt = [request.until for request in dossier.awaiting() if request.in_receipt]
    if in_receipt:
        return max(in_receipt)
    if dossier.filed is None or dossier.awaiting():
        return None
    return provide_by(dossier, dossier.filed)


def report_term(dossier: Dossier) -> date | None:
    """The last day for the report, while it is due."""
    step = dossier.plan.step_of("report")
    granted = dossier.status == "granted"
    return step.last_day(dossier) if granted and isinstance(step, Report) and not step.done(dossier) else None


def _report(dossier: Dossier) -> list[Line]:
    step, decision, last = dossier.plan.step_of("report"), dossier.decision, report_term(dossier)
    if not isinstance(step, Report) or decision is None or last is None:
        return []
    return [
        Line(
            about="term",
            key="report_by",
            at=last,
            sentence=Sentence(
                "Le compte rendu de l'aide reçue est à donner au plus tard le {day}.", day=day_in_words(last)
            ),
            rule=Sentence("délai de {delay} pour rendre compte", delay=step.within.in_words()),
            article=step.article,
            seq=decision.seq,
        )
    ]


def _missing_pieces(dossier: Dossier) -> list[Line]:
    if (last := first_term(dossier)) is None:
        return []
    return [
        Line(
            about="term",
            key="provide_by",
            at=last,
            sentence=Sentence(
                "Les pièces qui manquaient au dépôt sont à fournir au plus tard le {day}.", day=day_in_words(last)
            ),
            rule=Sentence("délai donné par l'accusé de réception"),
            article="CRPA R112-11-4",
            seq=1,
        )
    ]


def _requests(dossier: Dossier) -> list[Line]:
    step = dossier.plan.step_of("completeness")
    return [
        Line(
            about="term",
            key="until",
            at=request.until,
            sentence=Sentence(
                "Les pièces demandées sont à fournir au plus tard le {day}.", day=day_in_words(request.until)
            ),
            rule=Sentence("délai donné par la demande de pièces"),
            article=step.article if step is not None else "CRPA L114-5",
            seq=request.seq,
        )
        for request in dossier.awaiting()
        if not request.in_receipt
    ]


def _proposal(dossier: Dossier) -> list[Line]:
    proposal, step = dossier.proposal, dossier.plan.step_of("proposal")
    if proposal is None or proposal.received is None or not isinstance(step, Proposal):
        return []
    last, given = step.last_day(proposal), step.answer_within.in_words()
    return [
        Line(
            about="term",
            key="answer_by",
            at=last,
            sentence=Sentence(
                "La proposition reçue ouvre {delay} pour répondre, jusqu'au {day} : le premier jour ne compte pas, "
                "et le dernier est reporté s'il tombe un jour non ouvré.",
                delay=given,
                day=day_in_words(last),
            ),
            rule=Sentence("délai de {delay} pour répondre", delay=given),
            article=step.article,
            seq=proposal.seq,
        )
    ]


def _observations(dossier: Dossier) -> list[Line]:
    if (said := dossier.intended) is None:
        return []
    return [
        Line(
            about="term",
            key="observe_by",
            at=said.until,
            sentence=Sentence(
                "La personne peut présenter ses observations sur le retrait envisagé jusqu'au {day}.",
                day=day_in_words(said.until),
            ),
            rule=Sentence("délai donné par la lettre qui annonce le retrait envisagé"),
            article=HEARING,
            seq=said.seq,
        )
    ]


def _remedies(dossier: Dossier, made: Recorded) -> list[Line]:
    """The last day of each way to contest that has one, whether it is past or not."""
    return [
        Line(
            about="term",
            key=f"contest:{one.kind}",
            at=one.until,
            sentence=Sentence(
                "{title}, devant {before} : jusqu'au {day}.",
                title=one.title,
                before=Verbatim(one.before),
                day=day_in_words(one.until),
            ),
            rule=Sentence("délai pour contester"),
            article=one.article,
            seq=made.seq,
        )
        for one in remedies(dossier, made.recorded_at)
        if one.until is not None
    ]


def _after_opinion(dossier: Dossier) -> list[Line]:
    step, opinion = dossier.plan.step_of("decision"), dossier.opinion
    last = step.last_day(dossier) if isinstance(step, Decision) else None
    if not isinstance(step, Decision) or step.after_opinion is None or last is None or opinion is None:
        return []
    given = step.after_opinion.in_words()
    return [
        Line(
            about="term",
            key="decide_by",
            at=last,
            sentence=Sentence(
                "La décision est attendue {delay} après l'avis, le {day} au plus tard ; passé ce jour, elle reste "
                "possible, et le délai de la demande n'en est pas changé.",
                delay=given,
                day=day_in_words(last),
            ),
            rule=Sentence("délai de {delay} pour décider après l'avis", delay=given),
            article=step.article,
            seq=opinion.seq,
        )
    ]


def _of_the_office(dossier: Dossier) -> list[Line]:
    """From when the office is late, by each of the delays that texts give it."""
    return [
        Line(
            about="term",
            key=f"awaited:{rank}",
            at=each.at,
            sentence=Sentence(
                "Le service est attendu jusqu'au {day} : {what}.", day=day_in_words(each.last), what=each.what
            ),
            rule=Sentence("délai donné au service"),
            article=each.article,
            seq=each.cause,
        )
        for rank, each in enumerate(deadlines(dossier), start=1)
    ]


def _last_useful_days(dossier: Dossier) -> list[Line]:
    return [
        Line(
            about="term",
            key=f"last_useful_day:{one.channel}",
            at=one.day,
            sentence=Sentence(
                "Dernier jour utile pour décider, le {day}. {why}", day=day_in_words(one.day), why=one.why
            ),
            rule=Sentence("dernier jour du délai, moins l'acheminement"),
            article=", ".join(dossier.plan.clock.reference),
            seq=last_cause(dossier),
        )
        for one in last_useful_days(dossier)
    ]
