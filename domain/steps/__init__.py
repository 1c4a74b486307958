"""What may happen to a dossier, file by file: each file that says events is named here, once, and nowhere else."""

from __future__ import annotations

from importlib import import_module
from typing import TypeVar

MODULES: tuple[str, ...] = (
    "domain.request_events",
    "domain.silence",
    "domain.lengthened",
    "domain.migrated",
    "domain.attestation",
    "domain.amended",
    "domain.ceased",
    "domain.contest",
    "domain.correction",
    "domain.renunciation",
    "domain.revocation",
    "domain.undelivered",
    "domain.steps.completeness_events",
    "domain.steps.assessment",
    "domain.steps.proposal_events",
    "domain.steps.opinion",
    "domain.steps.visa",
    "domain.steps.vote",
    "domain.steps.decision_events",
    "domain.steps.notice_events",
    "domain.steps.convention",
    "domain.steps.payment",
    "domain.steps.report",
    "domain.steps.transmission",
)
Base = TypeVar("Base")


def defined(base: type[Base]) -> tuple[type[Base], ...]:
    """Every kind of `base` that the files define, in their order: those that have a `kind` of their own."""
    found: list[type[Base]] = []
    for name in MODULES:
        classes = (
            one for one in vars(import_module(name)).values() if isinstance(one, type) and one.__module__ == name
        )
        found += (one for one in classes if issubclass(one, base) and "kind" in one.__annotations__)
    return tuple(found)
