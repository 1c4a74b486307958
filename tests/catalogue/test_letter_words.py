"""What a letter never says to a person is found by `check`, whatever the procedure and its sixteenth too."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.checks.letter_words import wrong_words
from catalogue.choices import Choice, chosen
from letters.blocks import blocks_of
from letters.rehearsal import rehearsed
from letters.source import fill
from tests.catalogue.drafts import Draft

APA = "apa-domicile"
PLAN = "letters/proposition.md"


def wrong(markdown: str) -> str:
    """What is said of a letter that reads so."""
    return " ".join(wrong_words("Titre", blocks_of(markdown)))


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("- aide\\_a\\_domicile : 780,00 €", "dit un code : « aide_a_domicile"),
        ("| a | b |\n|---|---|\n| temps\\_partiel | 2 |", "dit un code : « temps_partiel"),
        ("Votre décision : {{ contenu }}", "mot de machine"),
        ("Montant : None", "mot de machine"),
        ("Selon le règlement (à confirmer).", "dit un doute"),
        ("> L'article à renseigner.", "dit un doute"),
        ("Votre demande () est reçue.", "balise vide"),
        ("Suivie par le service, , téléphone 02.", "balise vide"),
        ("Objet : . Montant : 3 €.", "balise vide"),
        ("Nous avons reçu 3 demande(s).", "entre parenthèses : « Nous avons reçu 3 demande(s)"),
        ("Vous avez 1 mois(s).", "entre parenthèses"),
        ("Vous avez 1 jours.", "le pluriel est faux"),
        ("- un\n- deux\nVous avez jusqu'au 3 mars.", "collé à la dernière puce"),
        ("Si vous contestez :", "n'est suivi de rien"),
    ],
)
def test_what_no_person_may_read_is_told(markdown: str, said: str) -> None:
    assert said in wrong(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        "Écrivez à jean\\_le\\_goff@exemple.fr, ou sur https://exemple.fr/aide\\_sociale.",
        "Le 1 janvier, 1 mois, 1 an, 11 jours, 1 000 enfants, 2,1 ans.",
        "À confirmer par le médecin sous 8 jours.",
        "- un **deux** trois\n\nVous avez jusqu'au 3 mars (CRPA R112-11-4).",
        "Signé : Anne Le Goff, par délégation (présidence).",
        "Contre ce rejet :\n\n- un recours.",
        "Il est revenu…, puis reparti ; « oui ».",
    ],
)
def test_what_is_right_is_left_alone(markdown: str) -> None:
    assert wrong(markdown) == ""


def test_a_choice_is_compared_by_its_code_and_printed_by_its_words() -> None:
    """Wherever it is: a field, a list of blocks, what a condition adds, what `$defs` describes."""
    words = {"oneOf": [{"const": "aide_a_domicile", "title": "Aide à domicile"}]}
    schema = {
        "$defs": {"nature": words},
        "properties": {
            "une": words,
            "autres": {"items": {"properties": {"nature": {"$ref": "#/$defs/nature"}}}},
            "libre": {"type": "string"},
        },
        "allOf": [{"then": {"properties": {"cachee": words}}}],
    }
    code = "aide_a_domicile"
    told = chosen(schema, {"une": code, "autres": [{"nature": code}], "cachee": code, "libre": code, "nombre": 3})
    every = "{{ c.une }}, {{ c.autres[0].nature }}, {{ c.cachee }}{% if c.une == 'aide_a_domicile' %}.{% endif %}"
    assert fill(every, {"c": told}) == ", ".join(["Aide à domicile"] * 3) + "."
    assert not isinstance(told["libre"], Choice)
    assert told["nombre"] == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("(CASF R232-7).", "(CASF R232-7, à confirmer).", "dit un doute"),
        ("{{ aide.nature }} :", "aide_{{ loop.index }} :", "dit un code"),
        ("{% endfor %}\n\n{% if contenu.participation %}", "{% endfor %}\n{% if contenu.participation %}", "collé"),
        ("{{ reponse_sous }}", "3 jour(s)", "entre parenthèses"),
    ],
)
def test_check_reads_every_letter_made_with_the_example(tmp_path: Path, old: str, new: str, said: str) -> None:
    draft = Draft(tmp_path, APA)
    draft.edit(PLAN, old, new)
    assert said in draft.said()


def test_a_letter_without_the_words_of_its_form_is_told(tmp_path: Path) -> None:
    """The form gives codes alone: nothing can say them, and `check` says so before a person reads them."""
    draft = Draft(tmp_path, APA)
    form = draft.file("plan.v1.json")
    form.write_text(form.read_text("utf-8").replace('"title": "Aide à domicile"', '"description": "-"'), "utf-8")
    assert "dit un code : « aide_a_domicile" in draft.said()


def test_a_line_break_of_the_source_shows_where_it_was() -> None:
    """What tells a wrapped bullet from one that swallowed the next paragraph."""
    (block,) = rehearsed("- un\ndeux", {})
    assert [run.get("soft", False) for run in block["items"][0][0]["runs"]] == [False, True, False]
