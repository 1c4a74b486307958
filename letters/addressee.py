"""Who a letter is for, from what the person wrote in the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SALUTED = "Madame, Monsieur"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A name and the lines of an address (none when the form asks for none)."""

    name: str
    lines: tuple[str, ...]


def addressee(form: Mapping[str, Any], account_name: str = "") -> Addressee:
    """The person who asks, by the usual names of the forms' fields; the account's name when the form has none."""
    person = _page(form, "demandeur")
    first = person.get("prenoms") or person.get("prenom") or ""
    last = person.get("nom_usage") or person.get("nom_naissance") or person.get("nom") or ""
    name = f"{first} {last}".strip() or account_name or SALUTED
    address = person.get("adresse") or _page(form, "domicile").get("adresse")
    if not isinstance(address, Mapping):
        return Addressee(name, (name,))
    town = " ".join(str(part) for part in (address.get("code_postal"), address.get("ville")) if part)
    lines = (name, address.get("complement"), address.get("voie"), town)
    return Addressee(name, tuple(str(line) for line in lines if line))


def _page(form: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    page = form.get(name)
    return page if isinstance(page, Mapping) else {}
