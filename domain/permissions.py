"""Who may do what, beyond what the dossier's own state admits: roles in a group, scopes of a token.

An agent belongs to groups; a group serves procedures; in each group a role says how far the agent may go.
A system's token names procedures and verbs. Mandates have their own rules (domain/mandate.py).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from domain.commands import COMMANDS
from domain.refusals import Refused
from domain.sentence import Sentence, Verbatim

Role = Literal["reader", "instructor", "signatory"]
Verb = Literal["deposit", "read", "webhook"]

RANKS: Mapping[str, int] = {role: rank for rank, role in enumerate(get_args(Role))}
VERBS: tuple[str, ...] = get_args(Verb)

SIGNED: frozenset[str] = frozenset(name for name, command in COMMANDS.items() if command.signed)
"""Acts that bind the authority: they need a delegation of signature (CRPA L212-1)."""

ANY_PROCEDURE = "*"
_PROCEDURE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


OF_NO_DOSSIER: frozenset[str] = frozenset({"open_campaign"})
"""Acts that bind the authority too, and are done on no dossier."""


def role_needed(act: str) -> Role:
    """The least role for an act of instruction; `read` is the act of opening a dossier."""
    if act == "read":
        return "reader"
    return "signatory" if act in SIGNED | OF_NO_DOSSIER else "instructor"


def may(role: str | None, act: str) -> bool:
    """Whether that role, in the group that serves the dossier, is enough for the act."""
    return role is not None and RANKS.get(role, -1) >= RANKS[role_needed(act)]


def refuse_unless_role(role: str | None, act: str) -> None:
    """Raises Refused when the role is not enough."""
    if may(role, act):
        return
    if act in SIGNED | OF_NO_DOSSIER:
        raise Refused(
            "signature_needed",
            "Cet acte engage l'autorité : il demande une délégation de signature.",
            article="CRPA L212-1",
            what_to_do="Transmettez le dossier à une personne signataire de votre groupe.",
        )
    raise Refused(
        "role_insufficient",
        "Votre rôle dans ce groupe ne permet pas cet acte.",
        what_to_do="Demandez à votre administrateur le rôle d'instruction.",
    )


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """One right of a token: a verb on one procedure, or on all ("*")."""

    procedure: str
    verb: str

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Read `<procedure>:<verb>`. Raises ValueError, in French."""
        procedure, separator, verb = text.partition(":")
        if not separator or verb not in VERBS:
            raise ValueError(f"« {text} » : écrivez <démarche>:<verbe>, le verbe étant {', '.join(VERBS)}.")
        if procedure != ANY_PROCEDURE and not _PROCEDURE.fullmatch(procedure):
            raise ValueError(
                f"« {procedure} » n'est pas un nom de démarche (minuscules, chiffres et tirets), ni « * »."
            )
        return cls(procedure, verb)

    def __str__(self) -> str:
        return f"{self.procedure}:{self.verb}"

    def covers(self, procedure: str, verb: str) -> bool:
        """Whether this scope gives that verb on that procedure."""
        return self.verb == verb and self.procedure in (procedure, ANY_PROCEDURE)


def refuse_unless_scoped(scopes: Iterable[Scope], procedure: str, verb: Verb) -> None:
    """Raises Refused when no scope of the token covers the act."""
    if any(scope.covers(procedure, verb) for scope in scopes):
        return
    raise Refused(
        "token_out_of_scope",
        Sentence(
            "Le jeton ne permet pas « {verb} » sur « {procedure} ».", verb=Verbatim(verb), procedure=Verbatim(procedure)
        ),
        what_to_do="Demandez à l'administrateur un jeton qui le couvre.",
    )
