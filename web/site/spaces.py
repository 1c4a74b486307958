"""The four spaces: whose each is, where it begins, where one signs in to it, where one's own account is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from api.sign_in.identity import AdministratorPerson, AgentPerson, MediatorPerson, Person, ResidentPerson


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """Paths without their language. `account` shows one's address and sessions; `password` is where it is changed."""

    kind: type[Person]
    home: str
    sign_in: str
    account: str
    password: str = ""


def _of_staff(kind: type[Person], root: str) -> Space:
    return Space(
        kind=kind, home=f"{root}/", sign_in=f"{root}/connexion", account=f"{root}/compte",
        password=f"{root}/mot-de-passe",
    )  # fmt: skip


RESIDENTS: Final = Space(kind=ResidentPerson, home="/espace", sign_in="/connexion", account="/compte")
SPACES: Final[Mapping[str, Space]] = {
    space.kind.audience: space
    for space in (
        RESIDENTS,
        _of_staff(AgentPerson, "/agents"),
        _of_staff(MediatorPerson, "/mediateurs"),
        _of_staff(AdministratorPerson, "/auteurs"),
    )
}
"""Each by its audience."""


def space_of(kind: type[Person]) -> Space:
    """The space of those people."""
    return SPACES[kind.audience]
