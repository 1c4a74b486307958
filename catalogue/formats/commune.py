"""The INSEE code of a commune: of anywhere in France, or of the département alone. Their input is a name."""

import re
from collections.abc import Iterable

from catalogue.formats.format import Format
from catalogue.france import Place, france
from catalogue.territory import Commune, territory
from domain.sentence import N_, Sentence

# Corsica has 2A and 2B since 1976, never 20; Paris is one commune of twenty arrondissements.
CODE = re.compile(
    r"\A((2[AB]|0[1-9]|1[0-9]|2[1-9]|[3-68][0-9]|7[0-46-9]|9[0-58])[0-9]{3}|75056|751[0-9]{2}|97[1-8][0-9]{2})\Z"
)
POSTAL_CODE = N_("{code} est un code postal, pas un code de commune. Il dessert {communes}.")
OLD_CODE = N_("{code} est un ancien code : cette commune fait aujourd'hui partie de {commune} ({insee}).")
NO_SUCH_CODE = N_("Aucune commune du département n'a le code {code}.")
ELSEWHERE = N_("Cette commune est dans un autre département : choisissez une commune du département.")


def _valid(text: str) -> bool:
    """One of ours if it is one of our département's, elsewhere by its shape.

    People may live elsewhere: then the request goes to the competent authority (CRPA L114-2).
    """
    here = territory()
    return CODE.match(text) is not None and (not text.startswith(here.departement) or here.holds(text))


def _valid_here(text: str) -> bool:
    """A commune of the département, now or under an earlier edition."""
    return territory().holds(text)


def _because(text: str) -> Sentence | None:
    here = territory()
    if served := here.at_postal_code(text):
        return Sentence(POSTAL_CODE, code=text, communes=_named(served))
    if there := france().at_postal_code(text) if not CODE.match(text) else ():
        return Sentence(POSTAL_CODE, code=text, communes=_named(there))
    if (now := here.successor(text)) is not None:
        return Sentence(OLD_CODE, code=text, commune=now.name, insee=now.insee)
    if CODE.match(text) and text.startswith(here.departement):
        return Sentence(NO_SUCH_CODE, code=text)
    return None


def _because_here(text: str) -> Sentence | None:
    if CODE.match(text) and not text.startswith(territory().departement):
        return Sentence(ELSEWHERE)
    return _because(text)


def _named(communes: Iterable[Commune | Place]) -> str:
    first, *more = [f"{each.name} ({each.insee})" for each in communes]
    return ", ".join((first, *more[:2])) + ("…" if len(more) > 2 else "")


COMMUNE = Format(
    name="commune",
    valid=_valid,
    help=N_("Ce code de commune n'est pas valide : il a 5 caractères, par exemple 29232."),
    because=_because,
    input={"spellcheck": "false"},
)
DEPARTEMENT_COMMUNE = Format(
    name="departement-commune",
    valid=_valid_here,
    help=N_("Choisissez une commune du département."),
    because=_because_here,
    input={"spellcheck": "false"},
)
COMMUNES = frozenset({COMMUNE.name, DEPARTEMENT_COMMUNE.name})
