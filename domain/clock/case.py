"""One case of `guichet clock`: read from strict JSON, reckoned, and told again as JSON."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast, get_args

from domain.calendar import UNITS, Delay, UnknownHolidays, civil
from domain.clock.reckoning import reckon
from domain.clock.terms import BadHistory, Clock, Fact, FactKind, Interval, Reckoning, Silence, Start
from domain.strict_json import DOCUMENT, BadJson, shown, strict_loads

YEARS = range(1900, 3000)
MOST_EVENTS = 10_000
MOST = {"days": 366_000, "working_days": 100_000, "months": 12_000, "years": 1_000}

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}):(\d{2})(?:\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_NAIVE = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?", re.ASCII)


class BadCase(ValueError):
    """A case that cannot be read or cannot have happened; `message_fr` is one sentence naming `field`."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        self.message_fr = f"Champ « {field} » : {sentence}"
        super().__init__(self.message_fr)


@dataclass(frozen=True, slots=True)
class Case:
    """A clock and the facts that feed it, in the order given."""

    clock: Clock
    facts: tuple[Fact, ...]

    def reckoned(self) -> Reckoning:
        """The outcome. Raises BadCase for an impossible history or a date past the year 9999."""
        try:
            return reckon(self.clock, self.facts)
        except BadHistory as error:
            raise BadCase(error.field, error.sentence) from error
        except UnknownHolidays as error:
            raise BadCase(
                "delay", f"les jours fériés de {error} ne sont pas connus ; donnez un délai plus court."
            ) from error
        except (OverflowError, ValueError) as error:
            raise BadCase("delay", "l'échéance dépasse l'an 9999 ; donnez un délai plus court.") from error


def parse_case(document: bytes) -> Case:
    """Read one JSON case (the issue's « guichet clock »). Raises BadCase, naming the field."""
    try:
        value = strict_loads(document)
    except BadJson as error:
        raise BadCase(error.field, error.sentence) from error
    case = _object(value, DOCUMENT)
    _keys(case, "", required=("delay", "silence", "start", "events"), optional=("franc", "whose"))
    clock = Clock(
        delay=_delay(case["delay"], "delay", franc=_flag(case.get("franc", False), "franc")),
        start=cast(Start, _choice(case["start"], "start", get_args(Start))),
        silence=cast(Silence, _choice(case["silence"], "silence", get_args(Silence))),
        whose=cast(Any, _choice(case.get("whose", "administration"), "whose", ("administration", "resident"))),
    )
    events = case["events"]
    if not isinstance(events, list):
        raise BadCase("events", f"une liste d'événements est attendue, pas {shown(events)}.")
    if len(events) > MOST_EVENTS:
        raise BadCase("events", f"plus de {MOST_EVENTS} événements ; aucune démarche n'en compte autant.")
    return Case(clock, tuple(_fact(event, f"events[{index}]") for index, event in enumerate(events)))


def as_json(reckoning: Reckoning) -> dict[str, Any]:
    """The outcome as the command prints it; dates are ISO 8601, absent ones null."""
    return {
        "expires": _iso(reckoning.expires),
        "born": _iso(reckoning.born),
        "ledger": [_interval(interval) for interval in reckoning.ledger],
    }


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "from": interval.start.isoformat(),
        "to": _iso(interval.end),
        "running": interval.running,
        "counts": interval.counts,
        "cause": interval.cause,
        "article": interval.article,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _fact(value: object, place: str) -> Fact:
    event = _object(value, place)
    kind = _choice(event["kind"], f"{place}.kind", get_args(FactKind)) if "kind" in event else ""
    needed = {"pieces_requested": ("until",), "extended": ("by",)}.get(kind, ())
    _keys(event, f"{place}.", required=("on", "kind", *needed), optional=())
    return Fact(
        on=_day(event["on"], f"{place}.on"),
        kind=cast(FactKind, kind),
        until=_day(event["until"], f"{place}.until") if "until" in event else None,
        by=_delay(event["by"], f"{place}.by") if "by" in event else None,
    )


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadCase(place, f"un objet JSON est attendu, pas {shown(value)}.")
    return value


def _keys(value: Mapping[str, Any], prefix: str, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
    for name in required:
        if name not in value:
            raise BadCase(f"{prefix}{name}", "ce champ est obligatoire et il manque.")
    for name in value:
        if name not in required and name not in optional:
            known = ", ".join((*required, *optional))
            raise BadCase(f"{prefix}{name[:60]}", f"ce champ n'est pas prévu ici ; sont prévus : {known}.")


def _choice(value: object, place: str, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise BadCase(place, f"{shown(value)} n'est pas admis ; choisissez parmi : {', '.join(choices)}.")
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise BadCase(place, f"true ou false est attendu, pas {shown(value)}.")
    return value


def _delay(value: object, place: str, *, franc: bool = False) -> Delay:
    delay = _object(value, place)
    _keys(delay, f"{place}.", required=(), optional=(*UNITS, "franc"))
    given = [unit for unit in UNITS if unit in delay]
    if len(given) != 1:
        said = "aucune n'est donnée" if not given else f"{' et '.join(given)} sont données"
        raise BadCase(place, f"une seule unité est attendue parmi {', '.join(UNITS)} ; {said}.")
    unit = given[0]
    count = delay[unit]
    if isinstance(count, bool) or not isinstance(count, int):
        raise BadCase(f"{place}.{unit}", f"un nombre entier est attendu, pas {shown(count)}.")
    if not 1 <= count <= MOST[unit]:
        raise BadCase(f"{place}.{unit}", f"un nombre de 1 à {MOST[unit]} est attendu, pas {shown(count)}.")
    return Delay.of(unit, count, franc=franc or _flag(delay.get("franc", False), f"{place}.franc"))


def _day(value: object, place: str) -> date:
    day = _read_day(value)
    if day is None:
        hint = " ; ajoutez le décalage horaire (Z ou +01:00)" if _is_naive(value) else ""
        raise BadCase(place, f"une date (2026-11-23) ou un instant RFC 3339 est attendu, pas {shown(value)}{hint}.")
    if day.year not in YEARS:
        raise BadCase(place, f"l'année doit aller de {YEARS[0]} à {YEARS[-1]}, pas {day.year}.")
    return day


def _is_naive(value: object) -> bool:
    return isinstance(value, str) and _NAIVE.fullmatch(value) is not None


def _read_day(value: object) -> date | None:
    """The civil day that `value` names in Europe/Paris, None when it names none."""
    if not isinstance(value, str):
        return None
    try:
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
        instant = _INSTANT.fullmatch(value)
        if instant is None:
            return None
        day, minute, second, offset = instant.groups()
        # RFC 3339 admits a leap second, which Python's datetime does not know: same civil day.
        second = "59" if second == "60" else second
        return civil(datetime.fromisoformat(f"{day}T{minute}:{second}{offset.upper()}"))
    except (ValueError, OverflowError):
        return None
