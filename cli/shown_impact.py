"""The impact of a candidate version, as a person reads it."""

from collections.abc import Iterator
from datetime import date

from domain.days_in_words import day_in_words
from domain.futures.impact import UNSEEN, Kind
from domain.futures.impact_report import Report

WORDS: dict[Kind, str] = {
    "unchanged": "inchangés",
    "date_moves": "dont l'échéance bouge",
    "other_step": "qui passeraient à une autre étape",
    "cannot_follow": "qui ne peuvent pas suivre",
    "cannot_see": "dont la ligne d'horloge ne dit pas assez",
}
MOVES = 8


def lines(report: Report) -> Iterator[str]:
    """Both policies, the moves, the reasons, and what was not looked at."""
    yield (
        f"{report.procedure} : version {report.published.version} publiée, version {report.candidate.version} "
        f"candidate, le {day_in_words(report.on)}."
    )
    yield f"{report.open} dossiers ouverts."
    yield "Loi du dépôt : aucun ne change ; chacun garde la version qu'il suit."
    for version, count in sorted(report.pinned.items()):
        yield f"  version {version} : {count}"
    yield "Effet immédiat, si chacun était migré :"
    for kind, word in WORDS.items():
        yield f"  {report.kinds[kind]:>8} {word}"
    for (before, after), count in report.moves.most_common(MOVES):
        yield f"  {count:>8} × {_day(before)} → {_day(after)}"
    for step, count in report.steps.items():
        yield f"  {count:>8} × étape suivante : {step or 'aucune'}"
    for (_, why), count in report.whys.most_common():
        yield f"  {count:>8} × {why}"
    yield "Ce rapport ne lit que les lignes d'horloge. Il ne voit pas :"
    yield from (f"  - {each} ;" for each in UNSEEN)


def _day(day: date | None) -> str:
    return day_in_words(day) if day is not None else "sans échéance"
