"""A commune by its name or its postal code; its INSEE code is nobody's business but ours."""

from __future__ import annotations

import pytest

from tests.web.forms.browsing import Page, Sent
from tests.web.forms.every_form import communes, page_of
from web.forms.reading import Read, wrong

PAGE = page_of("every_format", "personne")


def typed(**texts: str) -> Read:
    """What is read when these are typed; `lieu` stands for the commune of the works."""
    return PAGE.read(Sent([(f"personne.{name}", text) for name, text in texts.items()]))


def shown(read: Read) -> Page:
    """The page that comes back."""
    return PAGE.drawn({}, read=read, errors=wrong(PAGE.form, "personne", read))


@pytest.mark.parametrize(
    ("text", "insee"),
    [
        ("Brest", "29019"),
        ("brest", "29019"),
        ("st pol de leon", "29259"),
        ("29250 saint-pol", "29259"),
        ("29 250 saint-pol", "29259"),
        ("\u200e29\u00a0259\u200b", "29084"),
        ("Bre\u00adst", "29019"),
        ("29259", "29084"),
        ("conquet", "29040"),
        ("Kemper", "29232"),
        ("kastell-paol", "29259"),
        ("35238", "35238"),
        ("2a004", "2A004"),
        ("Rennes", "35238"),
        ("35000", "35238"),
        ("20090", "2A004"),
        ("75015", "75056"),
        ("le mans", "72181"),
        ("93200 Saint-Denis", "93066"),
    ],
)
def test_one_commune_is_meant(text: str, insee: str) -> None:
    """By its name, in Breton too, its postal code, without its article; elsewhere in France, by its INSEE code too."""
    assert typed(commune=text).answers["commune"] == insee


def test_its_name_is_shown_not_its_code() -> None:
    """And posted unchanged, it is the same one, in the département or elsewhere in France."""
    answers = {"personne": {"commune": "29019", "chantier": "29259"}}
    html = PAGE.drawn(answers)

    values = {each.get("name"): each.get("value") for each in html.of("input")}
    assert (values["personne.commune"], values["personne.chantier"]) == ("Brest", "Saint-Pol-de-Léon")
    assert PAGE.read(html.posted(), answers).answers["commune"] == "29019"
    elsewhere = PAGE.drawn({"personne": {"commune": "35238"}}).of("input")
    assert "Rennes" in [each.get("value") for each in elsewhere if each.get("name") == "personne.commune"]


def test_when_several_are_meant_the_page_asks_which() -> None:
    """Each with its postal codes; the one that is chosen is kept, unless another name is typed since."""
    html = shown(typed(commune="plouz"))
    choices = [each for each in html.of("input") if each.get("name") == "personne.commune.choice"]
    link = next(each for each in html.of("a") if "Commune" in each.text)

    assert len(choices) > 1
    assert "choisissez la bonne" in link.text
    chosen = html.posted().but({"personne.commune.choice": choices[1].get("value")})
    assert PAGE.read(chosen).answers["commune"] == choices[1].get("value")
    assert PAGE.read(chosen.but({"personne.commune": "Brest"})).answers["commune"] == "29019"


@pytest.mark.parametrize("text", ["29999", "xyz", "97999999", "<xyz>", "99 000"])
def test_none_is_meant(text: str) -> None:
    """What to write is said, and what was typed is kept."""
    read = typed(commune=text)

    assert "commune" not in read.answers
    assert "aucune commune de France" in read.errors[0].message
    assert text in [each.get("value") for each in shown(read).of("input")]


def test_a_postal_code_of_elsewhere_asks_which_of_its_communes() -> None:
    """35200 serves Rennes, and is the INSEE code of Moutiers: people know the first."""
    html = shown(typed(commune="35200"))
    labels = [each.text.strip() for each in html.of("label") if ".choice" in each.get("for")]
    assert labels == ["Rennes (35000, 35200, 35700)", "Moutiers (35130)"]


def test_where_works_take_place_is_in_the_departement() -> None:
    """The INSEE code of elsewhere is not taken there."""
    assert typed(chantier="35238").errors[0].message.startswith("Aucune commune du département")
    assert typed(chantier="Brest").answers["chantier"] == "29019"


def test_every_commune_is_found_by_its_own_name_and_no_other() -> None:
    """Whoever types the whole name, or leaves what is shown, is never asked which."""
    known = communes()
    edition = known.territory.edition(known.on)
    assert edition is not None
    names = [each.name for each in edition.communes]
    for commune in edition.communes:
        found = known.candidates(commune.name, elsewhere=True)
        if names.count(commune.name) == 1:
            assert [each.insee for each in found] == [commune.insee], commune.name


def test_a_form_of_the_code_says_it_to_people_as_a_name() -> None:
    """« Code INSEE de la commune. » is what the form keeps; the page asks for a name."""
    html = page_of("apa-domicile/v2", "domicile").drawn({})

    hint = next(each for each in html.elements if each.get("id") == "f-domicile.commune-hint")
    assert hint.text.startswith("Écrivez son nom ou son code postal")
