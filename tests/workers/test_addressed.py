"""The letters that the worker makes: each is addressed to somebody, where they are, on the real parts."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

from catalogue.loader import catalogue
from storage.documents import letters
from tests.letters.extracted import extracted, packed
from tests.workers.office import Office, example

LINES = {
    "rapo-rsa": ("Yves Kerbrat", "Chez Mme Kerbrat", "17 rue de Siam", "29200 Brest"),
    "recours-gracieux": ("Anna Le Goff", "Bâtiment B", "3 venelle du Port", "29900 Concarneau"),
    "mdph": ("Guéguen Maëlle", "représentant légal de Ewen Guéguen", "4 place des Otages", "29600 Morlaix"),
    "aide-sociale-hebergement": (
        "Résidence des Trois Rivières", "François Riou", "Rue de la Plaine", "29150 Châteaulin",
    ),
    "aide-communes": ("Commune de Landerneau", "Yvette Corre", "2 rue de la Tour-d'Auvergne", "29800 Landerneau"),
}  # fmt: skip
GUARDIAN = {"nom": "UDAF du Finistère", "adresse": "15 rue Gaston Planté, 29850 Gouesnou"}


def protected(measure: str) -> dict[str, Any]:
    """A request for APA by somebody whom a measure protects."""
    form: dict[str, Any] = copy.deepcopy(example("apa-domicile")["form"])
    form["protection"] = {"mesure": measure, "representant": GUARDIAN}
    return form


async def letter(office: Office, dossier: UUID) -> str:
    """The text of its first letter, without blanks."""
    told = await office.story(dossier)
    async with office.world.transaction() as connection:
        found = [each for each in await letters.of_dossier(connection, dossier) if each.seq == 1]
    return extracted(await letters.pdf(office.world.objects, told.key, found[0]))


async def test_the_person_of_the_form_is_written_to(office: Office) -> None:
    """Whatever the form calls its pages; a child's letter goes to who represents them (code civil 382)."""
    filed = {slug: await office.file(slug) for slug in LINES}
    async with office.working():
        for slug, dossier in filed.items():
            await office.settled(dossier)
            assert packed("".join(LINES[slug])) in await letter(office, dossier), slug


async def test_a_guardian_is_written_to_instead_and_a_curator_as_well(office: Office) -> None:
    """Code civil 475 and 467: the tutor represents, the curator assists; who has no account is posted their copy."""
    tutor = await office.file("apa-domicile", form=protected("tutelle"))
    curator = await office.file("apa-domicile", form=protected("curatelle"))
    async with office.working():
        await office.settled(tutor)
        await office.settled(curator)
        instead, as_well = await letter(office, tutor), await letter(office, curator)
        await office.settled(curator)
        to_post = [await office.effects(dossier) for dossier in (tutor, curator)]

    there = "15 rue Gaston Planté29850 Gouesnou"
    assert packed(f"UDAF du Finistèretuteur ou tutrice de Yvonne Marie Le Gall{there}") in instead
    assert packed("12 rue des Hortensias") not in instead
    assert packed("Yvonne Marie Le Gall12 rue des Hortensias29000 Quimper") in as_well
    assert [[how for (_, kind), how in each.items() if kind == "tell:post_copy"] for each in to_post] == [[], ["done"]]
    assert packed("Copie à : UDAF du Finistère, curateur ou curatrice de Yvonne Marie Le Gall, 15 rue") in as_well


async def test_a_dossier_of_the_first_version_is_addressed_too(office: Office) -> None:
    """Its plan did not say to whom; the procedure says it now, and the form has the same names."""
    form = copy.deepcopy(example("aide-communes")["form"])
    del form["collectivite"]["adresse"]
    town = await office.file("aide-communes", plan=catalogue().version("aide-communes", 1), form=form)
    appeal = await office.file("rapo-rsa", plan=catalogue().version("rapo-rsa", 1))
    async with office.working():
        await office.settled(town)
        await office.settled(appeal)
        assert packed("Commune de LanderneauYvette Corre29800 Landerneau") in await letter(office, town)
        assert packed("".join(LINES["rapo-rsa"])) in await letter(office, appeal)
