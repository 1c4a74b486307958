"""To whom a letter is addressed: what each shipped form gives, and what is left when a form asks for less."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from catalogue.examples import example
from catalogue.loader import catalogue
from domain.plan import Plan
from letters.addressee import Addressee, addressee, recipients_of

LINES = {
    "apa-domicile": ("Yvonne Marie Le Gall", "12 rue des Hortensias", "29000 Quimper"),
    "agrement-assistant-maternel": ("Anna Le Goff", "Bâtiment B", "3 venelle du Port", "29900 Concarneau"),
    "acces-documents": ("Soazig Riou", "8 quai du Steir", "29000 Quimper"),
}
TUTOR = {"mesure": "tutelle", "nom": "Me Nolwenn Cariou", "adresse": "2 quai du Léon\n29600 Morlaix"}


def written_to(slug: str, **changes: dict[str, Any]) -> Addressee:
    """Whom the letters of a procedure go to, the pages of its example being changed."""
    form = copy.deepcopy(dict(example(slug)["form"]))
    for page, answers in changes.items():
        form[page] = {**form[page], **answers}
    return addressee(form, "", recipients_of(catalogue().plan(slug)))


@pytest.mark.parametrize(("slug", "lines"), LINES.items())
def test_a_letter_can_be_posted(slug: str, lines: tuple[str, ...]) -> None:
    """Name, street, postcode and town."""
    assert addressee(example(slug)["form"]).lines == lines


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_every_procedure_writes_to_somebody_somewhere(slug: str) -> None:
    """A name of the form's own, a street, a postal code with its town."""
    found = written_to(slug)
    assert found.name != "Madame, Monsieur"
    assert len(found.lines) >= 3
    assert found.lines[-1][:5].isdigit()


def test_without_an_address_only_the_name_stands() -> None:
    """The form's, the account's, or nobody's."""
    assert addressee({"demandeur": {"nom": "Riou", "prenom": "Soazig"}}).lines == ("Soazig Riou",)
    assert addressee({}, "Soazig Riou").lines == ("Soazig Riou",)
    assert addressee({"demandeur": "Riou", "domicile": []}).name == "Madame, Monsieur"


def test_a_tutor_is_written_to_instead_of_the_person_in_a_home() -> None:
    """The person keeps their name in the letter; the last line of what was typed is the town."""
    found = written_to("aide-sociale-hebergement", protection=TUTOR)
    assert found.name == "François Riou"
    assert found.lines == (
        "Me Nolwenn Cariou", "tuteur ou tutrice de François Riou", "2 quai du Léon", "29600 Morlaix",
    )  # fmt: skip


def test_a_representative_without_an_address_is_written_to_at_the_person_s() -> None:
    """And one without a name is named by what they are."""
    mother = {"qualite": "parent", "nom": "Maëlle Guéguen"}
    assert written_to("mdph", representation=mother).lines[-2:] == ("4 place des Otages", "29600 Morlaix")
    nobody = {"qualite": "personne", "nom": ""}
    assert written_to("mdph", representation=nobody).lines[0] == "Représentant légal de Ewen Guéguen"


def test_an_adult_with_a_curator_gets_the_letter_and_the_curator_a_copy() -> None:
    """Code civil 467."""
    found = written_to(
        "mdph",
        personne={"age": "adulte"},
        representation={"qualite": "protection", "nom": "UDAF", "mesure": "curatelle"},
    )
    assert found.lines[0] == "Ewen Guéguen"
    assert [copy[:2] for copy in found.copies] == [("UDAF", "curateur ou curatrice de Ewen Guéguen")]


def test_a_foreign_address_ends_with_its_country() -> None:
    """And somebody without a first name has their only name."""
    abroad = {"voie": "10 Downing Street", "code_postal": "SW1A 2AA", "ville": "London", "pays": "Royaume-Uni"}
    found = written_to("recours-gracieux", requerant={"nom": "Suharto", "prenom": "", "adresse": abroad})
    assert found.lines == ("Suharto", "10 Downing Street", "SW1A 2AA London", "ROYAUME-UNI")


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_a_plan_that_does_not_say_it_is_read_as_the_procedure_says_today(slug: str) -> None:
    """Dossiers pinned before plans said to whom letters go."""
    now = catalogue().plan(slug)
    first: Plan = catalogue().version(slug, 1)
    assert first.recipients == ()
    assert recipients_of(first) == now.recipients


def test_a_couple_that_asks_together_is_written_to_together() -> None:
    """One letter, both names, in what it says too."""
    partner = {"composition": "couple", "conjoint_nom": "Riou", "conjoint_prenoms": "Yann"}
    assert written_to("agrement-accueillant-familial", demandeur=partner).name == "Marie-Annick Tromeur et Yann Riou"
