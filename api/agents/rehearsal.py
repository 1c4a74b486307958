"""A hand that does nothing: the letter of an act, read before it is signed, by the very route that signs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from starlette.responses import Response

from api.acts import ActedOut, Hand, letters_before
from api.agents.acts import ACTS
from api.agents.desk import Desk, open_dossier, refuse_unless_may
from api.documents.answers import SAFE, attachment
from api.http import problem_types as types
from api.http.inputs import Content, In, Key
from api.http.problem_types import VALIDATION_FAILED
from api.http.problems import Problem
from api.http.rooms import Room
from api.http.validation_messages import field_error
from api.services import Services, Use
from api.sign_in.identity import Agent, AgentPerson
from domain.command import Command
from domain.sentence import N_
from letters.making import Made
from letters.previews import WRITES
from storage.register.door import Admission, Recorded
from storage.register.reading import Seen

router = Room(prefix="/dossiers/{dossier}")
NOTHING = N_("Cet acte n'écrit aucune lettre.")


class RehearsalIn(In):
    """An act by its name, and its body as its own route wants it."""

    act: Key
    data: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal(Hand):
    """The letters that acts would write: `made` receives them, and nothing is recorded."""

    seen: Seen
    made: list[Made] = field(default_factory=list)

    async def does(
        self, dossier: UUID, command: Command, said: In | Mapping[str, Any], admission: Admission[Any] | None = None
    ) -> ActedOut:
        """What would be answered if nothing were left to happen. Raises Refused."""
        del said, admission
        self.made.extend(await letters_before(self.seen, command))
        header = self.seen.header
        return self.answered(
            Recorded(
                id=dossier,
                reference=header.reference,
                events=(),
                dossier=self.seen.dossier,
                version=header.version,
                at=self.seen.at,
            )
        )


async def rehearsed(dossier: UUID, act: str, body: In, agent: AgentPerson, services: Services) -> Response:
    """The PDF that this act would send. Raises Problem, Refused, NotFound."""
    if act not in WRITES:
        raise Problem(types.NOT_FOUND, NOTHING)
    await refuse_unless_may(services, agent, dossier, act)
    seen = await open_dossier(services, agent, dossier, "letters")
    hand = Rehearsal(
        services=services,
        actor=agent.actor,
        context=agent.context,
        version=None,
        key=None,
        seen=seen,
    )
    await ACTS[act].does(dossier, body, Desk(agent=agent, hand=hand))
    headers = {**SAFE, "Content-Disposition": attachment(f"{seen.header.reference}-apercu.pdf")}
    return Response(hand.made[0].pdf, media_type="application/pdf", headers=headers)


@router.post("/letters/preview", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
async def preview_letter(dossier: UUID, body: RehearsalIn, agent: Agent, services: Use) -> Response:
    """The letter that an act would send, marked as not signed; nothing is recorded. What refuses the act refuses it."""
    if body.act not in WRITES:
        raise Problem(types.NOT_FOUND, NOTHING)
    try:
        asked = ACTS[body.act].body.model_validate(body.data)
    except ValidationError as invalid:
        errors = tuple(field_error({**each, "loc": ("body", "data", *each["loc"])}) for each in invalid.errors())
        raise Problem(VALIDATION_FAILED, N_("Le corps de l'acte ne se lit pas."), errors) from invalid
    return await rehearsed(dossier, body.act, asked, agent, services)
