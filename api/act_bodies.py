"""The bodies of acts, made from what each act asks (`domain/act_fields.py`), and read as commands again."""

from dataclasses import fields
from functools import cache
from inspect import getdoc
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, create_model

from api.http.inputs import Content, Day, Flag, In, Key, Moment, Reason
from domain import act_fields
from domain.act_fields import SHORT
from domain.actors import ActorKind
from domain.command import Command
from domain.commands import COMMANDS
from domain.sentence import N_

Documents = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]
Pieces = Annotated[dict[Key, Reason], Field(min_length=1, max_length=50)]
TYPES: dict[act_fields.Kind, Any] = {
    "flag": Flag,
    "consent": Literal[True],
    "day": Day,
    "moment": Moment,
    "documents": Documents,
    "pieces": Pieces,
    "content": Content,
    "key": Key,
}
BY_AGENTS = {
    "provide_piece": "PaperPieceIn",
    "answer_proposal": "PaperAnswerIn",
    "withdraw": "PaperWithdrawalIn",
    "send_message": "AgentMessageIn",
    "request_attestation": "PaperAttestationIn",
    "renounce": "PaperRenunciationIn",
    "give_observations": "PaperObservationsIn",
    "give_report": "PaperReportIn",
    "sign_convention": "SignConventionIn",
}
BY_PERSONS = {"send_message": "MessageIn"}
"""Names that generated clients know, and that no rule gives."""
ROOMS = {True: "api.agents.follow_up", False: "api.act_bodies"}
"""The rooms by which the document tells apart two bodies of one name, as it always has."""
FILING = "file"
"""The act that has routes of its own: a draft is submitted, a paper entered, a system's filing deposited."""
VERSION = act_fields.Field(
    name="version",
    kind="number",
    says=act_fields.Says(N_("Version de la démarche"), least=1, most=10_000),
    required=True,
)
UNDERSTOOD = act_fields.Field(
    name="understood",
    kind="consent",
    says=act_fields.Says(
        N_("Je renonce à ce qui m'est accordé, et je comprends que je perds ce droit"),
        missing=N_("Cochez la case si vous voulez vraiment renoncer."),
    ),
    required=True,
)
ON_PAPER = (
    act_fields.Field(
        name="name", kind="short", says=act_fields.Says(N_("Nom et prénom de la personne")), required=True
    ),
    act_fields.Field(
        name="email",
        kind="short",
        says=act_fields.Says(
            N_("Son adresse électronique"),
            N_("Laissez vide si elle n'en a pas : les lettres partiront par la poste."),
        ),
        required=False,
    ),
    act_fields.Field(
        name="incomplete",
        kind="consent",
        says=act_fields.Says(
            N_("Le papier ne répond pas à tout : je l'enregistre tel qu'il est"),
            N_(
                "Une demande reçue est une demande, même incomplète : elle a sa date et son accusé de réception. "
                "Demandez ensuite ce qui manque à la personne."
            ),
        ),
        required=False,
    ),
)
BEYOND: dict[tuple[str, bool], tuple[act_fields.Field, ...]] = {
    (FILING, True): ON_PAPER,
    ("migrate", True): (VERSION,),
    ("renounce", False): (UNDERSTOOD,),
}
"""What a door asks beyond the command: whose paper it is, a version by its number, that one knows what one loses."""


class SubmitIn(In):
    """Filing. `incomplete` confirms that required pieces are missing and will be asked for (CRPA R112-11-4);
    `electronic_notice` is the express consent to receive decisions electronically (CRPA L112-15).
    """

    incomplete: Flag = False
    electronic_notice: Flag = False


def acts_of(by: ActorKind) -> tuple[type[Command], ...]:
    """The acts that have their route at the door of that kind of actor."""
    return tuple(act for name, act in COMMANDS.items() if by in act.by and name != FILING)


def asked_by(act: type[Command], by: ActorKind) -> tuple[act_fields.Field, ...]:
    """What that door asks for the act."""
    return (*BEYOND.get((act.act(), by == "agent"), ()), *act.asks(by))


def body_of(act: type[Command], *, agents: bool) -> type[In]:
    """The body of an act at the agents' door, or at that of persons and systems."""
    return _body(act.act(), agents=agents)


@cache
def _body(name: str, *, agents: bool) -> type[In]:
    act = COMMANDS[name]
    asked = asked_by(act, "agent" if agents else "resident")
    declared: dict[str, Any] = {each.name: (_type(each), _default(each)) for each in asked}
    return create_model(
        _name(act, agents=agents),
        __base__=In,
        __doc__=getdoc(act),
        __module__=ROOMS[agents],
        **declared,
    )


def command_of(act: type[Command], body: In, **known: object) -> Command:
    """The command of the domain: what was asked, and what the door knows by itself of who acts."""
    names = {each.name for each in fields(act)}
    given: dict[str, Any] = {**known, **dict(body)}
    return act(**{name: value for name, value in given.items() if name in names})


def described(act: type[Command]) -> str:
    """What the document says of the act."""
    return getdoc(act) or ""


def _name(act: type[Command], *, agents: bool) -> str:
    name = act.act()
    plain = "".join(part.capitalize() for part in name.split("_")) + "In"
    if agents:
        return BY_AGENTS.get(name) or ("Paper" + plain if "resident" in act.by else plain)
    return BY_PERSONS.get(name, plain)


def _type(field: act_fields.Field) -> Any:
    says = field.says
    bare = TYPES.get(field.kind)
    if field.kind == "choice":
        bare = Literal[field.choices]
    elif field.kind == "number":
        bare = Annotated[int, Field(strict=True, ge=says.least, le=says.most)]
    elif bare is None:
        bare = Annotated[str, Field(max_length=says.most or SHORT, min_length=says.least or None)]
    return bare if field.required or field.default is not None else bare | None


def _default(field: act_fields.Field) -> Any:
    if field.required:
        return ...
    return Field(default_factory=dict) if field.kind == "content" else field.default
