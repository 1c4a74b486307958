"""Days and instants as a citizen reads them, in Paris time."""

from __future__ import annotations

from datetime import date

from domain.calendar import PARIS, Instant

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """`1er mars 2027`."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def instant_in_words(instant: Instant) -> str:
    """`1er mars 2027 à 0 h 00`, Paris time."""
    local = instant.astimezone(PARIS)
    return f"{day_in_words(local.date())} à {local.hour} h {local.minute:02d}"
