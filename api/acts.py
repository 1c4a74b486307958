"""Doing an act on a dossier, whoever does it: through the one door, once, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import structlog
from pydantic_core import to_json
from uuid_utils.compat import uuid7

from api.http.inputs import In, Out
from api.http.preconditions import command_id, etag
from api.services import Services
from api.shown.clock import DueOut, LastUsefulDayOut, shown_due, shown_last_days
from api.sign_in import limits
from domain.actors import Actor
from domain.before_notification import WAITING, article_for, held_back
from domain.command import Command
from domain.derivation import Viewer
from domain.event import Event
from domain.refusals import Refused
from domain.words import status_label
from letters.blocks import Unrenderable
from letters.making import Made
from letters.previews import WRITES, would_write
from storage.engine.database import Context
from storage.engine.fair_queue import FairQueue
from storage.register import door, reading
from storage.register.door import Admission, Recorded
from storage.register.idempotency import Answer, Once
from storage.register.reading import Seen

log = structlog.get_logger(__name__)
NOT_MADE = "letter_not_made"
WRITTEN: Final = FairQueue("written", places=4, each=1, in_hand=64)
"""Letters tried before an act, one at a time for a dossier: a long one holds nobody else."""


class HappenedOut(Out):
    """One thing that the act (or the law, meanwhile) made happen."""

    kind: str
    at: datetime
    on: date
    sentence: str
    article: str


class ActedOut(Out):
    """The dossier after the act: where it stands, what happened, what comes next. `version` is its ETag.

    For agents, `last_useful_days` say by when a decision must leave, channel by channel.
    """

    id: UUID
    reference: str
    version: int
    status: str
    status_label: str
    happened: list[HappenedOut]
    next: DueOut | None
    last_useful_days: tuple[LastUsefulDayOut, ...] = ()

    @classmethod
    def of(cls, recorded: Recorded, *, agent: bool) -> "ActedOut":
        """What this audience is answered."""
        dossier = recorded.dossier
        return cls(
            id=recorded.id,
            reference=recorded.reference,
            version=recorded.version,
            status=dossier.status,
            status_label=status_label(dossier.status),
            happened=[_happened(event, recorded, agent=agent) for event in recorded.events],
            next=shown_due(dossier),
            last_useful_days=shown_last_days(dossier) if agent else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A hand on a dossier: whose it is, as whom the database sees it, on which version it acts, under which key."""

    services: Services
    actor: Actor
    context: Context
    version: int | None
    key: str | None

    async def does(
        self, dossier: UUID, command: Command, said: In | Mapping[str, Any], admission: Admission[Any] | None = None
    ) -> ActedOut:
        """Record the act. `said` is what was asked, as it came. Raises Refused, Stale, NotFound, AlreadyAnswered…"""
        if self.actor.kind == "agent" and command.kind in WRITES:
            await self._refuse_unless_written(dossier, command)
        if command.kind == "send_message":
            # Each is an e-mail to somebody.
            await limits.count_own(self.services, limits.MESSAGES, self.actor.id)
        made: list[ActedOut] = []
        once = self.once(dossier, command.kind, said, made)
        recorded = await door.record(
            self.services.database,
            dossier,
            command,
            self.actor,
            command_id=uuid7() if self.key is None else command_id(self.actor, f"{dossier}|{self.key}"),
            version=self.version,
            context=self.context,
            once=once,
            admission=admission,
        )
        return made[0] if made else self.answered(recorded)

    async def _refuse_unless_written(self, dossier: UUID, command: Command) -> None:
        """An act whose letter cannot be made is not signed. What the law refuses, the register says."""
        seen = await reading.read(self.services.database, self.context, dossier)
        try:
            await letters_before(seen, command)
        except Refused as refused:
            if refused.code == NOT_MADE:
                raise

    def answered(self, recorded: Recorded) -> ActedOut:
        """What is answered of what was recorded."""
        return ActedOut.of(recorded, agent=self.actor.kind == "agent")

    def once(
        self, dossier: UUID, act: str, said: In | Mapping[str, Any], made: list[ActedOut] | None = None
    ) -> Once | None:
        """What makes this act be done once under the caller's key; None without a key. `made` receives the answer."""
        if self.key is None or self.actor.id is None:
            return None
        body = said.model_dump(mode="json") if isinstance(said, In) else dict(said)

        def answer(recorded: Recorded) -> Answer:
            shown = self.answered(recorded)
            if made is not None:
                made.append(shown)
            return Answer(status=200, body=shown.model_dump(mode="json"), headers={"ETag": etag(recorded.version)})

        asked = to_json({"dossier": str(dossier), "act": act, "body": body})
        return Once(actor=self.actor.id, route="act", key=self.key, body=asked, answer=answer)


async def letters_before(seen: Seen, command: Command) -> tuple[Made, ...]:
    """The letters that an act would write now. Raises Refused: the act is not admitted, or a letter cannot be made."""
    try:
        return await WRITTEN.run(seen.header.id, would_write, seen.dossier, command, seen.at, seen.header.reference)
    except Unrenderable as error:
        log.exception("letter not made", procedure=seen.dossier.plan.procedure, act=command.kind)
        raise Refused(
            NOT_MADE,
            "La lettre de cet acte ne peut pas être faite : rien n'est enregistré.",
            what_to_do="Dites-le à qui tient la démarche : son modèle de lettre est à corriger.",
        ) from error


def _happened(event: Event, recorded: Recorded, *, agent: bool) -> HappenedOut:
    viewer: Viewer = "agent" if agent else "resident"
    plan = recorded.dossier.plan
    return HappenedOut(
        kind=event.kind,
        at=event.effective,
        on=event.dated,
        sentence=WAITING if held_back(event, recorded.dossier, viewer) else event.in_french(plan),
        article=article_for(event, recorded.dossier, viewer),
    )
