"""The kernel decides: what the law made happen, what an act makes happen, what comes next if nobody acts.

Pure: no clock but the instant passed in, no database, no framework.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce

from domain.blank import is_blank, refuse_blank
from domain.calendar import Instant, add_months, civil
from domain.command import Command
from domain.correction import CorrectDate
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.due import Due
from domain.event import Event, Events
from domain.evolve import evolve
from domain.filing import File
from domain.migration import migrate
from domain.migration_events import Migrate
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.revocation_period import lapses
from domain.sentence import Listed, Sentence, Verbatim
from domain.silence import DUE as SILENCE
from domain.silence import SilenceTookEffect, SilenceVoided
from domain.step import steps_of

OLD, OLDEST = 12, 60
"""Months: beyond the first, a date entered after the fact is confirmed; beyond the second, it is refused."""


def fold(plan: Plan, events: Iterable[Event]) -> Dossier:
    """The dossier that `events` make, from the first one on."""
    return reduce(evolve, events, Dossier(plan=plan))


def next_due(dossier: Dossier) -> Due | None:
    """What happens next if nobody acts; None when nothing does."""
    ranks = {rank.due: rank.rank for rank in dossier.plan.ranks}
    return min(dues(dossier), key=lambda due: (due.at, ranks.get(due.kind, due.what.rank)), default=None)


def dues(dossier: Dossier) -> Iterator[Due]:
    """Everything that lies ahead if nobody acts; once it is decided or granted, no step but those that carry it out."""
    if dossier.filed is None or _ended(dossier):
        return
    yield from _silence(dossier)
    yield from lapses(dossier)
    if not dossier.deemed_refused:
        for step in steps_of(dossier.plan):
            if step.outlives_answer or not dossier.settled:
                yield from step.dues(dossier)


def silence_ahead(dossier: Dossier) -> bool:
    """Whether silence may still decide, be it after what comes first."""
    return any(due.what is SILENCE for due in dues(dossier))


def settle(dossier: Dossier, at: Instant) -> Events:
    """Everything the law made happen by itself up to `at`, each at its own instant."""
    happened: list[Event] = []
    while (due := next_due(dossier)) is not None and due.at <= at:
        happened.extend(due.events)
        dossier = reduce(evolve, due.events, dossier)
    return tuple(happened)


def decide(dossier: Dossier, command: Command, at: Instant) -> Events:
    """The events that `command` makes at `at`. Raises Refused(reason, article, what to do)."""
    _admit_lateness(dossier, command, at)
    if dossier.filed is None and not isinstance(command, File):
        raise not_now("La demande n'est pas encore déposée.")
    if dossier.closed and not (command.when_closed or command.older_than_the_end(dossier)):
        raise not_now("Le dossier est clos.", what_to_do="Vous pouvez encore écrire un message au service.")
    if isinstance(command, Migrate):
        return migrate(dossier, command, at, next_due)
    owner = next((step for step in steps_of(dossier.plan) if type(command) in step.decides), None)
    if owner is None:
        events = command.happens(dossier, at)
    else:
        if command.ordered:
            _refuse_out_of_order(dossier, command)
        events = owner.decide(dossier, command, at)
    refuse_blank(command)
    events = tuple(_confirmed(event, command, at) for event in events)
    return events + _voided(reduce(evolve, events, dossier), at)


def act(dossier: Dossier, command: Command, at: Instant) -> tuple[Dossier, Events]:
    """Settle, decide, settle again: the dossier and the events that follow. Raises Refused."""
    before = settle(dossier, at)
    settled = reduce(evolve, before, dossier)
    decided = decide(settled, command, at)
    after = reduce(evolve, decided, settled)
    consequences = settle(after, at)
    return reduce(evolve, consequences, after), before + decided + consequences


def _ended(dossier: Dossier) -> bool:
    """Nobody waits for anything: given up, or sent to who must answer it."""
    return any(each is not None for each in (dossier.withdrawn, dossier.renounced, dossier.transmission))


def _silence(dossier: Dossier) -> tuple[Due, ...]:
    """The clock's own due: what silence decides. Undetermined while an electronic notice may still stop it."""
    clock = dossier.plan.clock
    at = dossier.silence_due()
    if clock.silence == "none" or at is None or dossier.silence is not None:
        return ()
    stopped = dossier.stopped()
    if stopped is not None and stopped < at:
        return ()
    if dossier.deemed_refused and dossier.proposal is not None and (dossier.proposal.answered or at) <= at:
        return ()
    if clock.stopped_by == "notification" and _may_still_be_deemed(dossier, at):
        return ()
    article = ", ".join(clock.reference)
    event = SilenceTookEffect(effective=at, article=article, effect=clock.silence)
    return (Due(what=SILENCE, at=at, events=(event,), article=article),)


def _may_still_be_deemed(dossier: Dossier, at: Instant) -> bool:
    """An unread notice made available in time would be deemed given that day (CRPA R112-20; à confirmer)."""
    return any(
        n.of == "decision"
        and dossier.announced(n)
        and n.available < at
        and not (dossier.arrived(n) or dossier.spent(n))
        for n in dossier.notices
    )


def _voided(after: Dossier, at: Instant) -> Events:
    """A fact known late may show that silence had not taken effect when the register thought so."""
    silence = after.silence
    if silence is None:
        return ()
    due, stopped = after.silence_due(), after.stopped()
    stood = due is not None and due <= silence.since and not (stopped is not None and stopped < due)
    if after.withdrawn is not None and after.withdrawn < silence.since:
        stood = False
    if stood:
        return ()
    return (SilenceVoided(effective=at, cause=after.seq, article=", ".join(after.plan.clock.reference)),)


def _admit_lateness(dossier: Dossier, command: Command, at: Instant) -> None:
    if command.effective is None:
        return
    if not command.may_be_late:
        raise Refused("effective_not_admitted", "Cet acte prend effet quand il est fait, pas à une autre date.")
    if command.effective > at:
        raise Refused("effective_in_future", "La date donnée est dans le futur.")
    if dossier.filed is not None and command.effective < dossier.filed and not isinstance(command, CorrectDate):
        raise Refused("effective_too_early", "La date donnée précède le dépôt de la demande.")
    if command.channel is None or is_blank(command.evidence):
        raise Refused(
            "evidence_missing",
            "Un fait enregistré après coup doit dire par quelle voie il est connu et sa preuve.",
            what_to_do="Indiquez la voie et la preuve (numéro d'avis, tampon, récépissé).",
        )
    _refuse_wrong_year(command.effective, at, confirmed=command.confirmed)


def _refuse_wrong_year(given: Instant, at: Instant, *, confirmed: bool) -> None:
    """A year typed wrong would make silence decide at once: what is old is looked at twice, what is absurd refused."""
    day, today = civil(given), civil(at)
    if day < add_months(today, -OLDEST):
        raise Refused(
            "effective_too_early",
            Sentence("La date donnée, le {day}, est trop ancienne pour un fait à enregistrer.", day=day_in_words(day)),
            what_to_do="Vérifiez l'année.",
        )
    if _is_old(given, at) and not confirmed:
        raise Refused(
            "older_than_a_year",
            Sentence("La date donnée, le {day}, remonte à plus d'un an.", day=day_in_words(day)),
            what_to_do="Vérifiez l'année, puis confirmez cette date.",
        )


def _is_old(given: Instant, at: Instant) -> bool:
    return civil(given) < add_months(civil(at), -OLD)


def _confirmed(event: Event, command: Command, at: Instant) -> Event:
    """The fact itself, if its date is so old that it had to be confirmed: the journal says that it was."""
    given = command.effective
    the_fact = given is not None and (event.effective, event.evidence) == (given, command.evidence)
    return replace(event, confirmed=True) if the_fact and _is_old(event.effective, at) else event


def _refuse_out_of_order(dossier: Dossier, command: Command) -> None:
    for step in steps_of(dossier.plan):
        if type(command) in step.decides:
            return
        if not step.done(dossier):
            missing = Listed(map(Verbatim, dossier.lacks_indispensable()))
            unfinished = Sentence("L'étape « {step} » n'est pas terminée.", step=step.label)
            if missing:
                said = {"step": step.label, "pieces": missing}
                unfinished = Sentence(
                    "L'étape « {step} » n'est pas terminée (pièces indispensables : {pieces}).", **said
                )
            raise not_now(
                unfinished,
                article=step.article,
                what_to_do="Terminez-la d'abord.",
            )
