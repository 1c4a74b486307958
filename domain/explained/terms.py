"""The last days explained: those given to the person, and by when a decision must leave."""

from datetime import date

from domain.acknowledgement import provide_by
from domain.days_in_words import day_in_words
from domain.deadlines import deadlines
from domain.derivation import Line, Recorded, Viewer
from domain.dossier import Dossier
from domain.explained.clock import last_cause
from domain.last_useful_day import last_useful_days
from domain.remedies import remedies
from domain.revocation_acts import HEARING
from domain.sentence import Sentence, Verbatim
from domain.step import steps_of
from domain.steps.report import Report


def term_lines(dossier: Dossier, viewer: Viewer, made: Recorded) -> list[Line]:
    """What the person has until when to do; for agents, the last useful day of each channel and
    the last day to decide after an opinion.

    `made` is the entry that made the status: a way to contest is open from there.
    """
    steps = steps_of(dossier.plan)
    lines = [
        *_missing_pieces(dossier),
        *_requests(dossier),
        *(line for step in steps if not step.follows_grant for line in step.terms(dossier)),
        *_observations(dossier),
        *(line for step in steps if step.follows_grant for line in step.terms(dossier)),
        *_remedies(dossier, made),
    ]
    if viewer != "agent":
        return lines
    of_office = [line for step in steps for line in step.terms_of_office(dossier)]
    return lines + of_office + _last_useful_days(dossier) + _of_the_office(dossier)


def first_term(dossier: Dossier) -> date | None:
    """The last day given at filing to provide what was missing, while that is awaited."""
    in_receipt = [request.until for request in dossier.expected() if request.in_receipt]
    if in_receipt:
        return max(in_receipt)
    if dossier.filed is None or dossier.awaiting() or not dossier.expects(1):
        return None
    return provide_by(dossier, dossier.filed)


def report_term(dossier: Dossier) -> date | None:
    """The last day for the report, while it is due."""
    step = dossier.plan.step_of("report")
    return step.due_by(dossier) if isinstance(step, Report) else None


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
        for request in dossier.expected()
        if not request.in_receipt
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


def _of_the_office(dossier: Dossier) -> list[Line]:
    """From when the office is late, by each of the delays that texts give it and that it has not kept yet."""
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
        if not each.kept
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
