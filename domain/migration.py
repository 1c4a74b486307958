"""Taking one open dossier to another version of its procedure: never by itself, on a ground that the act states.

The journal is folded first under the target. Folding reads of a plan only how a file is completed anew: it is the same
state, under another law; and what that law would then do to it at once, or could no longer do, is refused here.
"""

import hashlib
from collections.abc import Callable
from dataclasses import replace

from domain.blank import is_blank
from domain.calendar import Instant, civil
from domain.clock.terms import BadHistory
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.due import Due
from domain.event import Event, Events
from domain.migration_events import Migrate, Migrated
from domain.plan import Plan, plan_in
from domain.refusals import Refused
from domain.sentence import N_, Sentence, Verbatim
from domain.step import steps_of
from domain.steps.completeness_events import Completed, PiecesProvided

NextDue = Callable[[Dossier], Due | None]


def migrate(dossier: Dossier, command: Migrate, at: Instant, next_due: NextDue) -> Events:
    """The events of a migration; `next_due` is the kernel's. Raises Refused: why the dossier cannot follow."""
    target = _target(dossier, command)
    _refuse_without_ground(dossier, command, target, at)
    after = replace(dossier, plan=target)
    _refuse_lost_step(dossier, target)
    _refuse_broken_history(after)
    _refuse_undone_silence(dossier, after)
    _refuse_past(after, at, next_due)
    moved = Migrated(
        effective=at,
        article=command.article,
        plan=command.plan,
        sha256=command.sha256,
        ground=command.ground,
        text=command.text,
        version=target.version,
    )
    return (moved, *_no_longer_owed(dossier, after, at))


def _no_longer_owed(dossier: Dossier, after: Dossier, at: Instant) -> Events:
    """What the target does not require any more is waited for no more, from the day of the act."""
    events: list[Event] = []
    if dossier.waits_for_pieces() and not after.waits_for_pieces():
        events.append(PiecesProvided(effective=at, article="CRPA L114-5"))
    if dossier.complete is None and not after.owed() and not after.waits_for_pieces():
        events.append(Completed(effective=at, article=", ".join(after.plan.clock.reference)))
    return tuple(events)


def _target(dossier: Dossier, command: Migrate) -> Plan:
    if hashlib.sha256(command.plan.encode()).hexdigest() != command.sha256:
        raise _no("La version visée n'est pas celle que l'acte nomme par son empreinte.")
    try:
        target = plan_in(command.plan)
    except ValueError:
        raise _no("La version visée ne se lit pas.") from None
    if target.procedure != dossier.plan.procedure:
        raise _no("La version visée est celle d'une autre démarche.")
    if target == dossier.plan:
        raise _no("Le dossier suit déjà cette version.")
    return target


def _refuse_without_ground(dossier: Dossier, command: Migrate, target: Plan, at: Instant) -> None:
    if is_blank(command.text) or is_blank(command.article):
        raise Refused(
            "ground_missing",
            "Une migration dit le texte qui l'impose ou la permet, et son article.",
            what_to_do="Écrivez le fondement et l'article.",
        )
    on = dossier.civil_filed() if command.ground == "law_at_filing" else civil(at)
    if target.in_force_from is not None and on < target.in_force_from:
        too_soon = (
            N_("La version {version} n'était pas en vigueur au jour du dépôt : elle l'est à compter du {start}")
            if command.ground == "law_at_filing"
            else N_("La version {version} n'est pas en vigueur aujourd'hui : elle l'est à compter du {start}")
        )
        start = day_in_words(target.in_force_from)
        raise _no(Sentence(too_soon, version=target.version, start=start), article=command.article)


def _refuse_lost_step(dossier: Dossier, target: Plan) -> None:
    for step in steps_of(dossier.plan):
        if why := step.lost(dossier, target):
            raise _no(why)
    asked = {key for request in dossier.requests for key in request.keys}
    unknown = sorted(key for key in asked if target.piece(key) is None)
    if unknown:
        raise _no(
            Sentence(
                "La pièce « {piece} » est demandée à la personne, et la version visée ne la connaît pas.",
                piece=Verbatim(unknown[0]),
            ),
            what_to_do="Attendez la réponse, ou la fin du temps donné.",
        )


def _refuse_undone_silence(dossier: Dossier, after: Dossier) -> None:
    """What silence gave stands: neither its effect nor its instant may be others under the target."""
    silence = dossier.silence
    if silence is None:
        return
    same = silence.effect == after.plan.clock.silence and dossier.plan.clock.stopped_by == after.plan.clock.stopped_by
    if not same or after.silence_due() != silence.since:
        raise _no("Le silence a déjà produit son effet : une migration ne reprend pas ce que la loi a donné.")


def _refuse_past(after: Dossier, at: Instant, next_due: NextDue) -> None:
    due = next_due(after)
    if due is not None and due.at <= at:
        day = day_in_words(due.dated)
        raise _no(
            Sentence(
                "Sous la version visée, le délai serait déjà écoulé : une décision naîtrait dans le passé, le {day}.",
                day=day,
            ),
            article=due.article,
            what_to_do="Laissez le dossier suivre la version en vigueur à son dépôt.",
        )


def _refuse_broken_history(after: Dossier) -> None:
    try:
        after.reckoning()
    except BadHistory as bad:
        raise _no(
            Sentence("L'histoire du dossier ne se rejoue pas sous la version visée : {sentence}", sentence=bad.sentence)
        ) from bad


def _no(reason: str, *, article: str = "", what_to_do: str = "") -> Refused:
    return Refused("cannot_migrate", reason, article=article, what_to_do=what_to_do)
