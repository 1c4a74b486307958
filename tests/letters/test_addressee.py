"""To whom a letter is addressed: what each shipped form gives, and what is left when a form asks for less."""

from __future__ import annotations

import pytest

from catalogue.examples import example
from letters.addressee import addressee

LINES = {
    "apa-domicile": ("Yvonne Marie Le Gall", "12 rue des Hortensias", "29000 Quimper"),
    "agrement-assistant-maternel": ("Anna Le Goff", "Bâtiment B", "3 venelle du Port", "29900 Concarneau"),
    "acces-documents": ("Soazig Riou", "8 quai du Steir", "29000 Quimper"),
}


@pytest.mark.parametrize(("slug", "lines"), LINES.items())
def test_a_letter_can_be_posted(slug: str, lines: tuple[str, ...]) -> None:
    """Name, street, postcode and town."""
    assert addressee(example(slug)["form"]).lines == lines


def test_without_an_address_only_the_name_stands() -> None:
    """The form's, the account's, or nobody's."""
    assert addressee({"demandeur": {"nom": "Riou", "prenom": "Soazig"}}).lines == ("Soazig Riou",)
    assert addressee({}, "Soazig Riou").lines == ("Soazig Riou",)
    assert addressee({"demandeur": "Riou", "domicile": []}).name == "Madame, Monsieur"
