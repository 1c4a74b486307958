"""What both sides write to each other, whenever they wish."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from domain.act_fields import LONG, Says
from domain.actors import AGENTS, PERSONS, ActorKind
from domain.blank import is_blank
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.event import Events
from domain.refusals import Refused
from domain.request_events import MessageSent
from domain.sentence import N_

YOURS = Says(
    N_("Votre message"),
    N_("Il est gardé avec votre demande. Le service vous répond ici."),
    missing=N_("Écrivez votre message."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage(Command):
    """Write to the other side."""

    by = PERSONS | AGENTS
    label = N_("Écrire un message")
    done = N_("Votre message est envoyé.")
    when_closed = True

    sender: Literal["resident", "agent"]
    text: Annotated[str, Says(N_("Votre message"), most=LONG, yours=YOURS)]
    kind: Literal["send_message"] = "send_message"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """It says something."""
        del dossier
        if is_blank(self.text):
            raise Refused("empty_message", "Le message est vide.", what_to_do="Écrivez un texte.")
        return (MessageSent(effective=at, sender=self.sender, text=self.text),)

    def refuse_other_hand(self, by: ActorKind) -> None:
        """Nobody writes in another's name. Raises Refused."""
        if (self.sender == "agent") != (by == "agent"):
            raise Refused("not_yours", "Un message est signé par celui qui l'écrit.")

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """By who imagines it."""
        del dossier, given, at
        return {"sender": "agent" if by == "agent" else "resident", "text": "Message imaginé."}
