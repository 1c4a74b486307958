"""Why each date and each status: the event, the rule and the article behind it, in French."""

from collections.abc import Sequence

from domain.before_notification import WAITING, article_for, held_back
from domain.calendar import civil
from domain.correction import moved_with_it, superseded
from domain.days_in_words import day_in_words, moment_in_words
from domain.derivation import Line, Recorded, Viewer
from domain.dossier import Dossier
from domain.due import Due
from domain.evolve import evolve
from domain.explained.clock import clock_lines, last_cause
from domain.explained.terms import term_lines
from domain.kernel import next_due
from domain.sentence import Sentence
from domain.words import status_label

__all__ = ["Line", "Recorded", "Viewer", "explain"]

NOBODY = Sentence("si personne n'agit")


def explain(entries: Sequence[Recorded], dossier: Dossier, viewer: Viewer) -> tuple[Line, ...]:
    """Every date and status that `viewer` is shown of `dossier`, each tied to its event, rule and article.

    `entries` are its whole journal, settled: what the law made since the last entry stands after them. Events come
    first, by their number; then the clock, the last days given, the status, and what comes next.
    """
    told = [e for e in entries if viewer == "agent" or not e.event.agents_only]
    former = superseded([(entry.seq, entry.event) for entry in entries]) | moved_with_it(dossier)
    lines = [_event(entry, dossier, viewer, former=entry.seq in former) for entry in told]
    lines.extend(clock_lines(dossier, entries))
    made = _made_the_status(entries, dossier)
    lines.extend(term_lines(dossier, viewer, made))
    lines.append(_status(made, dossier, viewer))
    due = next_due(dossier)
    if due is not None:
        lines.append(_due(due, last_cause(dossier) if due.kind == "silence" else due.cause or made.seq))
    return tuple(lines)


def _event(entry: Recorded, dossier: Dossier, viewer: Viewer, *, former: bool) -> Line:
    event, told = entry.event, _told(entry, dossier, viewer)
    if event.confirmed:
        told = Sentence("{told} (date de plus d'un an, vérifiée et confirmée)", told=told)
    if former:
        told = Sentence("{told} (date corrigée depuis)", told=told)
    said = {"moment": moment_in_words(event.effective, event.dated), "told": told}
    recorded = civil(entry.recorded_at)
    if recorded == civil(event.effective):
        told = Sentence("Le {moment} : {told}", **said)
    else:
        told = Sentence("Le {moment} : {told} (enregistré le {day})", **said, day=day_in_words(recorded))
    return Line(
        about="event",
        key=event.kind,
        at=event.effective,
        dated=event.dated,
        sentence=told,
        rule=entry.by,
        article=article_for(event, dossier, viewer),
        seq=entry.seq,
    )


def _told(entry: Recorded, dossier: Dossier, viewer: Viewer) -> Sentence:
    return WAITING if held_back(entry.event, dossier, viewer) else entry.event.in_french(dossier.plan)


def _status(made: Recorded, dossier: Dossier, viewer: Viewer) -> Line:
    at = made.event.effective
    return Line(
        about="status",
        key=dossier.status,
        at=at,
        dated=made.event.dated,
        sentence=Sentence(
            "Où en est le dossier : depuis le {moment}. {told}",
            moment=moment_in_words(at, made.event.dated),
            told=_told(made, dossier, viewer),
        ),
        rule=status_label(dossier.status),
        article=article_for(made.event, dossier, viewer),
        seq=made.seq,
    )


def _made_the_status(entries: Sequence[Recorded], dossier: Dossier) -> Recorded:
    """The entry after which the status became what it is and stayed. Raises ValueError before filing."""
    made, status, state = None, "", Dossier(plan=dossier.plan)
    for entry in entries:
        state = evolve(state, entry.event)
        if state.status != status:
            made, status = entry, state.status
    if made is None:
        raise ValueError("the dossier is not filed")
    return made


def due_sentence(due: Due) -> Sentence:
    """What happens next if nobody acts, and when."""
    return Sentence("{due} le {moment}.", due=due.what.announced, moment=moment_in_words(due.at, due.dated))


def _due(due: Due, seq: int) -> Line:
    return Line(
        about="due",
        key=due.kind,
        at=due.at,
        dated=due.dated,
        sentence=due_sentence(due),
        rule=NOBODY,
        article=due.article,
        seq=seq,
    )
