"""Who may do what: each act says whose it is; here it is refused to the others."""

from domain.actors import Actor
from domain.blank import is_blank
from domain.command import Command
from domain.refusals import Refused


def refuse_unless_may(actor: Actor, command: Command) -> None:
    """Raises Refused when this kind of actor never does this act, or may not date it in the past."""
    if actor.kind not in command.by:
        raise Refused("not_yours", "Cet acte n'est pas le vôtre.")
    if command.effective is not None and actor.kind not in {"agent", "worker"}:
        raise Refused("effective_not_admitted", "Seul un agent peut enregistrer un fait après coup, avec sa preuve.")
    proved = command.channel is not None and not is_blank(command.evidence)
    if actor.kind == "agent" and command.is_the_persons() and not proved:
        raise Refused(
            "evidence_missing",
            "Cet acte est celui de la personne : dites par quelle voie il est venu, et sa preuve.",
        )
    command.refuse_other_hand(actor.kind)
