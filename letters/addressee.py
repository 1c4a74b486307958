"""Who a letter is for, from what the person wrote in the form."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.loader import catalogue
from catalogue.territory import territory
from domain.plan import Plan, Recipient
from domain.pointers import at_pointer

SALUTED = "Madame, Monsieur"
Lines = tuple[str, ...]
# « 12 rue de Siam, 29200 Brest », typed in one field.
POSTAL = re.compile(r"\A(?P<street>.+?)[\s,;–-]+(?P<town>[0-9]{5} \S.*)\Z", re.DOTALL)
USUAL = Recipient(
    name=(
        ("/demandeur/prenoms", "/demandeur/prenom"),
        ("/demandeur/nom_usage", "/demandeur/nom_naissance", "/demandeur/nom"),
    ),
    address=("/demandeur/adresse", "/domicile/adresse"),
)
"""Where forms usually say it: for a procedure that does not."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A name, the lines of an address (the name alone when the form asks for none), and those of each copy.

    `name` is the person's own, even where their representative is written to.
    """

    name: str
    lines: Lines
    copies: tuple[Lines, ...] = ()


def recipients_of(plan: Plan) -> tuple[Recipient, ...]:
    """Where a plan says whom to write to; those of today for one that was published before plans said it."""
    known = catalogue()
    if plan.recipients or not known.has(plan.procedure):
        return plan.recipients
    return known.plan(plan.procedure).recipients


def addressee(form: Mapping[str, Any], account_name: str = "", recipients: tuple[Recipient, ...] = ()) -> Addressee:
    """Whom to write to, of those that the plan names; the account's name when the form has none."""
    person, *others = recipients or (USUAL,)
    name = _name(form, person) or account_name or SALUTED
    written, copies = _lines(form, person, name, name), []
    for one in others:
        if not one.counts_for(form):
            continue
        if one.instead:
            written = _lines(form, one, name, _name(form, one), else_at=written[1:])
        elif called := _name(form, one):
            copies.append(_lines(form, one, name, called))
    return Addressee(name, written, tuple(copies))


def _name(form: Mapping[str, Any], one: Recipient) -> str:
    return " et ".join(filter(None, (_called(form, one.name), _called(form, one.jointly))))


def _called(form: Mapping[str, Any], parts: tuple[tuple[str, ...], ...]) -> str:
    return " ".join(filter(None, (_first(form, pointers) for pointers in parts)))


def _first(form: Mapping[str, Any], pointers: Iterable[str]) -> str:
    found = (at_pointer(form, pointer) for pointer in pointers)
    return next((" ".join(each.split()) for each in found if isinstance(each, str) and each.strip()), "")


def _lines(form: Mapping[str, Any], one: Recipient, person: str, name: str, else_at: Lines = ()) -> Lines:
    """The lines of an envelope; without an address of their own, a representative is written to at the person's."""
    quality = f"{one.quality} {person}" if one.quality else ""
    above = _first(form, (one.at,)) if one.at else ""
    address = next((lines for pointer in one.address if (lines := tuple(_address(form, pointer)))), else_at)
    called = name or quality[:1].upper() + quality[1:]
    return tuple(dict.fromkeys(filter(None, (above, called, quality if name else "", *address))))


def _address(form: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """A group of the form, a text over one or several lines, or a commune by its code."""
    given = at_pointer(form, pointer)
    if isinstance(given, Mapping):
        town = " ".join(str(part) for part in (given.get("code_postal"), given.get("ville")) if part)
        country = str(given.get("pays") or "").upper()
        places = (given.get("complement"), given.get("voie"), given.get("lieu_dit"), town, country)
        yield from (str(line) for line in places if line)
    elif isinstance(given, str) and given.strip():
        yield from _commune(given) or _typed(given)


def _commune(code: str) -> Lines:
    for edition in reversed(territory().editions):
        if (found := edition.by_code.get(code)) is not None:
            return (f"{found.postal_codes[0]} {found.name}",)
    return ()


def _typed(text: str) -> Iterator[str]:
    for line in text.splitlines():
        whole = " ".join(line.split())
        parts = POSTAL.match(whole)
        yield from (parts["street"], parts["town"]) if parts else (whole,)
