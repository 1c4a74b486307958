"""Why each date and each status: the event, the rule and the article behind it, in French."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.calendar import A_DAY, Instant, civil
from domain.clock import Interval
from domain.days_in_words import day_in_words, instant_in_words
from domain.dossier import Dossier
from domain.due import Due
from domain.events import Event
from domain.kernel import next_due
from domain.sentences import sentence

Viewer = Literal["resident", "mediator", "agent", "system"]
COUNTED = {
    (True, True): "le délai court",
    (True, False): "le délai a couru mais ne compte pas",
    (False, True): "le délai est arrêté",
    (False, False): "le délai est arrêté",
}
DUE = {
    "silence": "Si personne n'agit, le silence produira son effet",
    "proposal_silence": "Sans réponse à la proposition, la demande sera réputée refusée",
    "opinion_deemed": "Sans réponse, l'avis sera réputé rendu",
    "notice_deemed": "Sans consultation, l'avis sera réputé reçu",
    "acknowledgement_due": "Le dossier complet sera réputé avoir reçu son accusé de réception",
    "pieces_lapse": "Le temps donné pour fournir les pièces se termine",
}
# Internal moves that agents see and residents need not.
AGENTS_ONLY = frozenset({"received_by_competent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A journal entry as the explanation needs it."""

    seq: int
    event: Event
    recorded_at: Instant
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One date or status, and its derivation. `seq` is the journal entry, 0 when the line looks ahead."""

    about: Literal["event", "interval", "status", "due"]
    key: str
    at: Instant | date
    sentence: str
    rule: str
    article: str
    seq: int


def explain(entries: Sequence[Recorded], dossier: Dossier, viewer: Viewer) -> tuple[Line, ...]:
    """Every date and status of `dossier`, each tied to its event, rule and article; earliest first.

    `dossier` is the fold of `entries`, settled: what the law made since the last entry stands after them.
    """
    told = [e for e in entries if viewer == "agent" or e.event.kind not in AGENTS_ONLY]
    lines = [_event(entry, dossier) for entry in told]
    lines.extend(_intervals(dossier))
    lines.append(_status(entries, dossier))
    due = next_due(dossier)
    if due is not None:
        lines.append(_due(due))
    return tuple(lines)


def _event(entry: Recorded, dossier: Dossier) -> Line:
    event = entry.event
    late = ""
    if civil(entry.recorded_at) != civil(event.effective):
        late = f" (enregistré le {day_in_words(civil(entry.recorded_at))})"
    return Line(
        about="event",
        key=event.kind,
        at=event.effective,
        sentence=f"Le {instant_in_words(event.effective)} : {sentence(event, dossier.plan)}{late}",
        rule=entry.actor or "la loi",
        article=event.article,
        seq=entry.seq,
    )


def _intervals(dossier: Dossier) -> list[Line]:
    reckoning, stop = dossier.reckoning(), _stop(dossier)
    lines = [
        _interval(dossier, interval, stop)
        for interval in reckoning.ledger
        if stop is None or interval.start <= civil(stop.at)
    ]
    if reckoning.expires is not None:
        lines.append(_expiry(dossier, reckoning.expires, stop))
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """What ended the clock before its due day: when, by what, in which entry, under which article."""

    at: Instant
    by: str
    seq: int


def _stop(dossier: Dossier) -> _Stop | None:
    """The event that stopped the clock, None while it runs or when silence came first."""
    due, stopped, decision = dossier.silence_due(), dossier.stopped(), dossier.decision
    found: _Stop | None = None
    if stopped is not None and decision is not None:
        by = "la décision" if dossier.plan.clock.stopped_by == "decision" else "la notification de la décision"
        found = _Stop(at=stopped, by=by, seq=decision.seq)
    elif dossier.withdrawn is not None:
        found = _Stop(at=dossier.withdrawn, by="le retrait de la demande", seq=dossier.seq)
    elif dossier.transmission is not None:
        sent = dossier.transmission
        found = _Stop(at=sent.at, by="la transmission à l'autorité compétente", seq=sent.seq)
    elif dossier.deemed_refused and dossier.proposal is not None and dossier.proposal.answered is not None:
        found = _Stop(at=dossier.proposal.answered, by="la suite donnée à la proposition", seq=dossier.proposal.seq)
    return found if found is not None and (due is None or found.at < due) else None


def _interval(dossier: Dossier, interval: Interval, stop: _Stop | None) -> Line:
    last = interval.end - A_DAY if interval.end is not None else None
    counted = COUNTED[interval.running, interval.counts]
    if stop is not None and (last is None or civil(stop.at) <= last):
        last, counted = civil(stop.at), f"{counted}, jusqu'à {stop.by}"
    until = f" au {day_in_words(last)}" if last is not None else ""
    return Line(
        about="interval",
        key="ledger",
        at=interval.start,
        sentence=f"{'Du' if until else 'Depuis le'} {day_in_words(interval.start)}{until} : {counted}.",
        rule=f"délai de {dossier.plan.clock.delay.in_words()}",
        article=interval.article,
        seq=dossier.cause(interval.cause),
    )


def _expiry(dossier: Dossier, expires: date, stop: _Stop | None) -> Line:
    clock, ledger = dossier.plan.clock, dossier.reckoning().ledger
    delay, day = clock.delay.in_words(), day_in_words(expires)
    counted = "le premier jour ne compte pas, et le dernier n'est pas reporté s'il tombe un jour non ouvré."
    sentence = f"Le délai de {delay} expire le {day} à minuit : {counted}"
    if stop is not None:
        sentence = f"Le délai de {delay}, qui aurait expiré le {day}, est arrêté par {stop.by}."
    seq = stop.seq if stop is not None else dossier.cause(ledger[-1].cause) if ledger else 0
    return Line(
        about="interval",
        key="expires",
        at=expires,
        sentence=sentence,
        rule=f"délai de {delay}",
        article=", ".join(clock.reference),
        seq=seq,
    )


def _status(entries: Sequence[Recorded], dossier: Dossier) -> Line:
    seq = status_seq(dossier)
    if dossier.status in {"granted", "refused"}:
        # Signed makes it decided; notified makes it so for the person (CRPA L221-8).
        seq = max((e.seq for e in entries if e.event.kind == "notified"), default=seq)
    entry = next((e for e in entries if e.seq == seq), None)
    at = entry.event.effective if entry is not None else dossier.filed
    if at is None:
        raise ValueError("the dossier is not filed")
    text = sentence(entry.event, dossier.plan) if entry is not None else "La demande est déposée."
    return Line(
        about="status",
        key=dossier.status,
        at=at,
        sentence=f"Où en est le dossier : depuis le {instant_in_words(at)}. {text}",
        rule=dossier.status,
        article=entry.event.article if entry is not None else "",
        seq=seq,
    )


def status_seq(dossier: Dossier) -> int:
    """The journal entry that made the present status."""
    status = dossier.status
    if status.startswith("implied") or status == "provisional":
        return dossier.silence.seq if dossier.silence is not None else 1
    if status in {"decided", "granted", "refused"} and dossier.decision is not None:
        return dossier.decision.seq
    if status == "transmitted" and dossier.transmission is not None:
        return dossier.transmission.seq
    if status in {"proposed", "deemed_refused"} and dossier.proposal is not None:
        return dossier.proposal.seq
    if status == "incomplete" and dossier.requests:
        return dossier.requests[-1].seq
    return 1


def _due(due: Due) -> Line:
    return Line(
        about="due",
        key=due.kind,
        at=due.at,
        sentence=f"{DUE[due.kind]} le {instant_in_words(due.at)}.",
        rule="si personne n'agit",
        article=due.article,
        seq=0,
    )
