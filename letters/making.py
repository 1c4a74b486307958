"""The letter that an entry calls for: its source, filled with the dossier after the whole act, set in type."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalogue.forms import UNANSWERED, form
from catalogue.letter_sources import Source, context, letter, name_of
from catalogue.loader import catalogue
from catalogue.rules import provisional_amounts
from domain.calendar import Instant, civil
from domain.citations import to_call, unmarked
from domain.dossier import Dossier
from domain.event import Event
from domain.plan import Plan
from domain.silence import SilenceTookEffect
from letters.addressee import addressee, recipients_of
from letters.blocks import Unrenderable, blocks_of
from letters.pdf import Letter, set_in_type
from letters.source import fill, in_french
from letters.unanswered import with_blanks
from storage.register.fold import Story


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF and the source that it was made from; `copied`: it says that somebody is to have a copy of it."""

    pdf: bytes
    source: Source
    copied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Why a letter is written: the event, the dossier once the whole act is done, when it was written down.

    `account_name` is the person's where the form has none; `tried`: nothing is signed yet, and the paper says so.
    """

    event: Event
    dossier: Dossier
    written: Instant
    reference: str
    account_name: str = ""
    tried: bool = False


def of_entry(told: Story, seq: int, account_name: str = "") -> Occasion:
    """The occasion that entry `seq` is."""
    return Occasion(
        event=told.event(seq),
        dossier=told.after_act(seq),
        written=told.entry(seq).recorded_at,
        reference=told.reference,
        account_name=account_name,
    )


def made(occasion: Occasion, what: str) -> Made:
    """The letter `what` (`acknowledgement`, `decision`…). Blocking. Raises Unrenderable."""
    event, dossier, plan = occasion.event, occasion.dossier, occasion.dossier.plan
    try:
        source = letter(plan.procedure, name_of(plan, what, event))
    except LookupError as error:
        raise Unrenderable(f"no letter {what!r} for {plan.procedure!r}") from error
    office = plan.office
    person = addressee(dossier.form, occasion.account_name, recipients_of(plan))
    told = context(
        dossier, event, occasion.reference, person.name, _amounts(plan.procedure, event), written=occasion.written
    )
    if not _is_whole(plan, dossier.form):
        told["formulaire"] = with_blanks(told["formulaire"])
    printed = Letter(
        title=source.title,
        authority=unmarked(plan.authority),
        office=tuple(
            unmarked(line) for line in (office.name, office.address, to_call(office.phone), office.email) if line
        ),
        recipient=person.lines,
        copies=person.copies,
        reference=occasion.reference,
        place_and_date=f"Le {in_french(occasion.written)}",
        tried=occasion.tried,
        blocks=[{"kind": "heading", "level": 1, "runs": [{"text": source.title}]}, *blocks_of(fill(source.text, told))],
    )
    return Made(set_in_type(printed, occasion.written), source, copied=bool(person.copies))


def _is_whole(plan: Plan, answers: Mapping[str, Any]) -> bool:
    """Whether every question that the form requires is answered: a paper may leave some.

    A procedure that has no folder here has no form to compare with: its plan is enough.
    """
    if not catalogue().has(plan.procedure):
        return True
    return not any(each.code in UNANSWERED for each in form(plan.procedure, f"v{plan.form}").errors(answers))


def _amounts(procedure: str, event: Event) -> Mapping[str, Decimal]:
    """The provisional amount, when silence gives one: the rules of the procedure on that day."""
    if not isinstance(event, SilenceTookEffect):
        return {}
    return provisional_amounts(procedure, event.effect, civil(event.effective))
