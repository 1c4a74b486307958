"""By which way an act or a letter came: each said once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.sentence import N_

Channel = Literal["online", "assisted", "system", "paper", "counter", "registered_mail", "hand", "electronic"]


@dataclass(frozen=True, slots=True)
class Way:
    """`how` in a sentence; `title` where agents choose it, or read it, by itself."""

    how: str
    title: str = ""


WAYS: Mapping[Channel, Way] = {
    "online": Way(N_("en ligne")),
    "assisted": Way(N_("avec l'aide d'un médiateur")),
    "system": Way(N_("par un autre service")),
    "paper": Way(N_("sur papier"), N_("Courrier")),
    "counter": Way(N_("au guichet"), N_("Guichet")),
    "registered_mail": Way(N_("par lettre recommandée"), N_("Lettre recommandée")),
    "hand": Way(N_("en main propre"), N_("Remise en main propre")),
    "electronic": Way(N_("par voie électronique"), N_("Voie électronique")),
}
TITLES: Mapping[str, str] = {channel: way.title for channel, way in WAYS.items() if way.title}
"""The ways that a letter goes, as agents read them."""
BY_HAND: Mapping[str, str] = {channel: title for channel, title in TITLES.items() if channel != "electronic"}
"""Those by which a fact that somebody writes down afterwards is known."""
