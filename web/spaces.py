"""The four spaces: where each begins, where one signs in to it, and that one must sign in first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.identity import AdministratorPerson, AgentPerson, MediatorPerson, Person, ResidentPerson

if TYPE_CHECKING:
    from web.here import Here

SIGN_IN: dict[type[Person], str] = {
    ResidentPerson: "/connexion",
    AgentPerson: "/agents/connexion",
    MediatorPerson: "/mediateurs/connexion",
    AdministratorPerson: "/auteurs/connexion",
}
HOME: dict[type[Person], str] = {
    ResidentPerson: "/espace",
    AgentPerson: "/agents/",
    MediatorPerson: "/mediateurs/",
    AdministratorPerson: "/auteurs/",
}
"""Where each space begins."""
ACCOUNT: dict[type[Person], str] = {
    ResidentPerson: "/compte",
    AgentPerson: "/agents/compte",
    MediatorPerson: "/mediateurs/compte",
    AdministratorPerson: "/auteurs/compte",
}
"""Where each person finds their address, their sessions and, if they have one, their password."""
PASSWORD: dict[type[Person], str] = {
    kind: f"{HOME[kind]}mot-de-passe" for kind in (AgentPerson, MediatorPerson, AdministratorPerson)
}
"""Where those who have one change it."""
SIGN_IN_OF: dict[str, str] = {kind.audience: path for kind, path in SIGN_IN.items()}
HOME_OF: dict[str, str] = {kind.audience: path for kind, path in HOME.items()}
ACCOUNT_OF: dict[str, str] = {kind.audience: path for kind, path in ACCOUNT.items()}
"""The same, for who knows an audience only."""


class SignInFirst(Exception):
    """Nobody is signed in: the page to sign in at, and the one to come back to."""

    def __init__(self, here: Here, kind: type[Person]) -> None:
        super().__init__(kind.audience)
        self.audience = kind.audience
        self.sign_in = here.url(SIGN_IN[kind])
        self.back = here.in_language(here.code)
        self.home = here.url(HOME[kind])


class FileReceivedLate(Exception):
    """A file came just after its session had ended: it is kept, or `why` says what was wrong with it; sign in first."""

    def __init__(self, over: SignInFirst, why: Exception | None = None) -> None:
        super().__init__(over.audience)
        self.over, self.why = over, why
