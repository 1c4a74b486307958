"""Who may do what: each act by its name (the same in the API, in `cases.toml` and here), and whose it is."""

from __future__ import annotations

from domain.actors import Actor, ActorKind
from domain.blank import is_blank
from domain.commands import Command
from domain.refusals import Refused
from domain.steps.convention import SignConvention

_RESIDENTS: frozenset[ActorKind] = frozenset({"resident", "mediator"})
_AGENTS: frozenset[ActorKind] = frozenset({"agent"})
_WORKER: frozenset[ActorKind] = frozenset({"worker"})

WHO: dict[str, frozenset[ActorKind]] = {
    # An agent enters a paper filing, with its channel and evidence.
    "file": _RESIDENTS | {"system", "agent"},
    "provide_piece": _RESIDENTS | {"system", "agent"},
    "correct": _RESIDENTS,
    # An answer received by post is entered by an agent.
    "answer_proposal": _RESIDENTS | {"agent"},
    "read_notice": _RESIDENTS,
    # A withdrawal received by post is entered by an agent.
    "withdraw": _RESIDENTS | {"agent"},
    "send_message": _RESIDENTS | {"agent"},
    # A request for the attestation received by post is entered by an agent.
    "request_attestation": _RESIDENTS | {"agent"},
    # Giving up a right is the person's own, never their mediator's; received by post, an agent enters it.
    "renounce": frozenset({"resident", "agent"}),
    "take_over": frozenset({"resident"}),
    "take": _AGENTS,
    "request_pieces": _AGENTS,
    "acknowledge": _AGENTS,
    "assess": _AGENTS,
    "propose": _AGENTS,
    "record_reception": _AGENTS,
    "decide": _AGENTS,
    "notify": _AGENTS,
    "extend": _AGENTS,
    "suspend": _AGENTS,
    "resume": _AGENTS,
    "receive_as_competent": _AGENTS,
    "ask_opinion": _AGENTS,
    "give_opinion": _AGENTS,
    "give_visa": _AGENTS,
    "refuse_visa": _AGENTS,
    "record_vote": _AGENTS,
    "send_convention": _AGENTS,
    "sign_convention": _RESIDENTS | {"agent"},
    "order_payment": _AGENTS,
    "record_payment": _AGENTS,
    "give_report": _RESIDENTS | {"agent"},
    "transmit": _AGENTS,
    "lodge_appeal": _WORKER,
    "conclude_appeal": _WORKER,
    "make_notice_available": _WORKER,
    "cease_document": _WORKER,
    "give_up_notice": _WORKER,
    "settle": _WORKER,
    "migrate": _AGENTS,
    "correct_date": _AGENTS,
    "cancel_decision": _AGENTS,
    "rectify": _AGENTS,
    "intend_revocation": _AGENTS,
    # Observations received by post are entered by an agent.
    "give_observations": _RESIDENTS | {"agent"},
    "revoke": _AGENTS,
}


def refuse_unless_may(actor: Actor, command: Command) -> None:
    """Raises Refused when this kind of actor never does this act, or may not date it in the past."""
    if actor.kind not in WHO[command.kind]:
        raise Refused("not_yours", "Cet acte n'est pas le vôtre.")
    if command.effective is not None and actor.kind not in {"agent", "worker"}:
        raise Refused("effective_not_admitted", "Seul un agent peut enregistrer un fait après coup, avec sa preuve.")
    if actor.kind == "agent" and _is_the_persons(command) and (command.channel is None or is_blank(command.evidence)):
        raise Refused(
            "evidence_missing",
            "Cet acte est celui de la personne : dites par quelle voie il est venu, et sa preuve.",
        )
    if actor.kind != "agent" and getattr(command, "party", "beneficiary") != "beneficiary":
        raise Refused("not_yours", "L'autorité signe elle-même.")
    speaks = getattr(command, "sender", None)
    if speaks is not None and (speaks == "agent") != (actor.kind == "agent"):
        raise Refused("not_yours", "Un message est signé par celui qui l'écrit.")


def _is_the_persons(command: Command) -> bool:
    """An act that an agent only writes down for the person."""
    if isinstance(command, SignConvention):
        return command.party == "beneficiary"
    return command.kind in {"answer_proposal", "request_attestation", "withdraw", "renounce", "give_observations"}
