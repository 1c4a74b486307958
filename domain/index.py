"""What may be done to a dossier and happen to it, file by file: each is named here, once, and nowhere else."""

from dataclasses import fields
from importlib import import_module
from typing import Any, TypeVar

MODULES: tuple[str, ...] = (
    "domain.request_events",
    "domain.in_charge",
    "domain.steps.completeness_events",
    "domain.steps.pieces",
    "domain.steps.completeness",
    "domain.document_loss",
    "domain.steps.assessment",
    "domain.steps.proposal_events",
    "domain.steps.proposal",
    "domain.steps.decision_events",
    "domain.steps.decision",
    "domain.steps.notice_events",
    "domain.steps.notice",
    "domain.non_delivery",
    "domain.electronic_notices",
    "domain.withdrawal",
    "domain.messages",
    "domain.extension",
    "domain.filing",
    "domain.attestation",
    "domain.renunciation",
    "domain.mandate",
    "domain.steps.opinion",
    "domain.steps.visa",
    "domain.steps.vote",
    "domain.steps.convention",
    "domain.steps.payment",
    "domain.steps.report",
    "domain.steps.transmission",
    "domain.correction",
    "domain.migration_events",
    "domain.rectification",
    "domain.revocation_events",
    "domain.revocation_acts",
    "domain.contest",
    "domain.silence",
)
"""In the order in which people read what they may do."""
Base = TypeVar("Base")


def name_of(kind: type[Any]) -> str:
    """The name by which a plan, the journal or an act's caller knows that kind: the default of its field `kind`."""
    return str(next(each.default for each in fields(kind) if each.name == "kind"))


def defined(base: type[Base]) -> tuple[type[Base], ...]:
    """Every kind of `base` that the files define, in their order: those that have a `kind` of their own."""
    found: list[type[Base]] = []
    for name in MODULES:
        classes = (
            one for one in vars(import_module(name)).values() if isinstance(one, type) and one.__module__ == name
        )
        found += (one for one in classes if issubclass(one, base) and "kind" in one.__annotations__)
    return tuple(found)
