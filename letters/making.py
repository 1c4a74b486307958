"""The letter of a journal entry: its source as published, filled with the state as of that entry, set in type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalogue.letter_sources import Source, context, letter, name_of
from catalogue.rules import rules
from domain.calendar import civil
from domain.events import Event, SilenceTookEffect
from letters.addressee import addressee, recipients_of
from letters.blocks import Unrenderable, blocks_of
from letters.pdf import Letter, set_in_type
from letters.source import fill, in_french
from storage.folding import Story


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF and the source that it was made from."""

    pdf: bytes
    source: Source


def made(told: Story, seq: int, what: str, account_name: str = "") -> Made:
    """The letter `what` (`acknowledgement`, `decision`…) of entry `seq`. Blocking. Raises Unrenderable."""
    event, dossier = told.event(seq), told.as_of(seq)
    try:
        source = letter(told.procedure, name_of(dossier.plan, what, event))
    except LookupError as error:
        raise Unrenderable(f"no letter {what!r} for {told.procedure!r}") from error
    person = addressee(dossier.form, account_name, recipients_of(dossier.plan))
    text = fill(source.text, context(dossier, event, told.reference, person.name, _amounts(told, event)))
    office = dossier.plan.office
    printed = Letter(
        title=source.title,
        authority=dossier.plan.authority,
        office=tuple(line for line in (office.name, office.address, office.phone, office.email) if line),
        recipient=person.lines,
        copies=person.copies,
        reference=told.reference,
        place_and_date=f"Le {in_french(event.effective)}",
        blocks=[{"kind": "heading", "level": 1, "runs": [{"text": source.title}]}, *blocks_of(text)],
    )
    return Made(set_in_type(printed, event.effective), source)


def _amounts(told: Story, event: Event) -> Mapping[str, Decimal]:
    """The provisional amount, when silence gives one: the rules of the procedure on that day."""
    if not isinstance(event, SilenceTookEffect) or event.effect != "provisional":
        return {}
    computing = rules(told.procedure)
    if computing is None:
        return {}
    return computing.provisional(civil(event.effective)).values
