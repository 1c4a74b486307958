"""The clock explained: each interval of its ledger, the end of the delay, the birth of what silence decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar import A_DAY, Instant, civil
from domain.clock.terms import Interval
from domain.days_in_words import day_in_words
from domain.derivation import Line, Recorded
from domain.dossier import Dossier
from domain.effects_of_silence import SILENCES
from domain.sentence import Sentence

COUNTED = {
    (True, True): "le délai court",
    (True, False): "le délai a couru mais ne compte pas",
    (False, True): "le délai est arrêté",
    (False, False): "le délai est arrêté",
}
WITHOUT_STOP = {True: "le délai aurait couru", False: "le délai aurait été arrêté"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """What ended the clock before its due day: when, by what, in which entry."""

    at: Instant
    by: Sentence
    seq: int


def clock_lines(dossier: Dossier, entries: Sequence[Recorded]) -> list[Line]:
    """The intervals of the ledger, what silence makes and when, and the end of the delay."""
    reckoning, stop = dossier.reckoning(), _stop(dossier, entries)
    lines = [_interval(dossier, interval, stop) for interval in reckoning.ledger]
    if reckoning.born is not None:
        lines.append(_birth(dossier, reckoning.born, stop))
    if reckoning.expires is not None:
        lines.append(_expiry(dossier, reckoning.expires, stop))
    return lines


def last_cause(dossier: Dossier) -> int:
    """The journal entry that opened the last interval: what the end of the delay comes from; 1 before it starts."""
    ledger = dossier.reckoning().ledger
    return dossier.cause(ledger[-1].cause) if ledger else 1


def _stop(dossier: Dossier, entries: Sequence[Recorded]) -> _Stop | None:
    """The event that stopped the clock, None while it runs or when silence came first."""
    due, stopped, decision = dossier.silence_due(), dossier.stopped(), dossier.decision
    found: _Stop | None = None
    if stopped is not None and decision is not None:
        if dossier.plan.clock.stopped_by == "decision":
            found = _Stop(at=stopped, by=Sentence("la décision"), seq=decision.seq)
        else:
            seq = _of(entries, stopped, "notified", "date_corrected")
            found = _Stop(at=stopped, by=Sentence("la notification de la décision"), seq=seq)
    elif dossier.withdrawn is not None:
        found = _Stop(
            at=dossier.withdrawn,
            by=Sentence("le retrait de la demande"),
            seq=_of(entries, dossier.withdrawn, "withdrawn"),
        )
    elif dossier.transmission is not None:
        sent = dossier.transmission
        found = _Stop(at=sent.at, by=Sentence("la transmission à l'autorité compétente"), seq=sent.seq)
    elif dossier.deemed_refused and dossier.proposal is not None and dossier.proposal.answered is not None:
        at = dossier.proposal.answered
        seq = _of(entries, at, "proposal_answered", "proposal_silent")
        found = _Stop(at=at, by=Sentence("la suite donnée à la proposition"), seq=seq)
    return found if found is not None and (due is None or found.at < due) else None


def _of(entries: Sequence[Recorded], at: Instant, *kinds: str) -> int:
    """The entry of one of these kinds that took effect at `at`: a late fact may stand beside the first one known."""
    return next(entry.seq for entry in entries if entry.event.kind in kinds and entry.event.effective == at)


def _interval(dossier: Dossier, interval: Interval, stop: _Stop | None) -> Line:
    last = interval.end - A_DAY if interval.end is not None else None
    until, counted = last, COUNTED[interval.running, interval.counts]
    if stop is not None and interval.start > civil(stop.at):
        counted = Sentence("{counted}, sans {by}", counted=WITHOUT_STOP[interval.running], by=stop.by)
    elif stop is not None and last is None:
        until, counted = civil(stop.at), Sentence("{counted}, jusqu'à {by}", counted=counted, by=stop.by)
    elif stop is not None and last is not None and civil(stop.at) <= last:
        said = {"counted": counted, "by": stop.by, "day": day_in_words(last)}
        until, counted = civil(stop.at), Sentence("{counted}, jusqu'à {by} (sans quoi, jusqu'au {day})", **said)
    return Line(
        about="interval",
        key="ledger",
        at=interval.start,
        until=interval.end,
        sentence=_from_to(interval.start, until, counted),
        rule=Sentence("délai de {delay}", delay=dossier.plan.clock.delay.in_words()),
        article=interval.article,
        seq=dossier.cause(interval.cause),
    )


def _from_to(start: date, until: date | None, counted: str) -> Sentence:
    if until is None:
        return Sentence("Depuis le {start} : {counted}.", start=day_in_words(start), counted=counted)
    days = {"start": day_in_words(start), "until": day_in_words(until)}
    return Sentence("Du {start} au {until} : {counted}.", **days, counted=counted)


def _birth(dossier: Dossier, born: date, stop: _Stop | None) -> Line:
    clock, silence, day = dossier.plan.clock, dossier.silence, day_in_words(born)
    if stop is not None:
        sentence = Sentence(
            "Le silence, qui aurait produit son effet le {day}, est sans objet : {by} l'a arrêté avant.",
            day=day,
            by=stop.by,
        )
    elif silence is not None:
        sentence = Sentence(
            "Le silence a produit son effet le {day} à minuit, à la fin du dernier jour du délai, dont la décision "
            "porte la date.",
            day=day,
        )
    else:
        sentence = Sentence(
            "Sans décision d'ici là, le silence produira son effet le {day} à minuit, à la fin du dernier jour du "
            "délai, dont la décision portera la date.",
            day=day,
        )
    return Line(
        about="term",
        key="born",
        at=born,
        sentence=sentence,
        rule=SILENCES[clock.silence].rule,
        article=", ".join(clock.reference),
        seq=stop.seq if stop is not None else last_cause(dossier),
    )


def _expiry(dossier: Dossier, expires: date, stop: _Stop | None) -> Line:
    clock, day = dossier.plan.clock, day_in_words(expires)
    delay = clock.delay.in_words()
    sentence = Sentence(
        "Le délai de {delay} expire le {day} à minuit : le premier jour ne compte pas, et le dernier n'est pas "
        "reporté s'il tombe un jour non ouvré.",
        delay=delay,
        day=day,
    )
    if stop is not None:
        sentence = Sentence(
            "Le délai de {delay}, qui aurait expiré le {day}, est arrêté par {by}.", delay=delay, day=day, by=stop.by
        )
    return Line(
        about="interval",
        key="expires",
        at=expires,
        sentence=sentence,
        rule=Sentence("délai de {delay}", delay=delay),
        article=", ".join(clock.reference),
        seq=stop.seq if stop is not None else last_cause(dossier),
    )
