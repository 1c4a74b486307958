"""The words of a migration: what is asked, what has happened. `domain/migration.py` decides."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal, Self

from domain.act_fields import LONG, Says
from domain.actors import AGENTS, ActorKind
from domain.command import Command
from domain.dossier import Dossier
from domain.event import THE_OFFICE, Event, Shows
from domain.plan import Plan, plan_in
from domain.sentence import N_, Sentence

Ground = Literal["law_at_filing", "immediate_effect"]
GROUNDS: dict[Ground, str] = {
    "law_at_filing": "retour à la loi en vigueur au dépôt",
    "immediate_effect": "effet immédiat du texte nouveau",
}
WHY = {
    "law_at_filing": N_("Cette version était en vigueur au dépôt"),
    "immediate_effect": N_("Un texte nouveau s'applique aux demandes en cours"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrate(Command):
    """Take the dossier to another published version, `plan` (its JSON, of SHA-256 `sha256`), on a stated legal ground.

    `law_at_filing`: the version was in force when the request was filed; `immediate_effect`: a new text applies to
    requests under way. Refused when the dossier cannot follow.
    """

    by = AGENTS
    label = N_("Appliquer une autre version de la démarche")
    signed = True

    plan: str
    sha256: str
    ground: Annotated[Ground, Says(N_("Fondement"), choices=WHY)]
    text: Annotated[str, Says(N_("Ce qui fonde le changement de version"), most=LONG)]
    article: Annotated[str, Says(N_("Article"))]
    kind: Literal["migrate"] = "migrate"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """To some version, at once."""
        del dossier, by
        return cls(plan="", sha256="", ground="immediate_effect", text=".", article=".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated(Event):
    """The dossier follows another version from here on, on the `ground` and by the `text` that the act states.

    `plan` is that whole version as JSON, whose SHA-256 is `sha256`: the journal holds the law it was treated under.
    """

    who: ClassVar[str] = THE_OFFICE
    plan: Annotated[str, Shows(elsewhere="its number is in the sentence, its texts are the procedure's")]
    sha256: Annotated[str, Shows(elsewhere="the version's own hash, for `guichet verify`")]
    version: int
    ground: Ground
    text: Annotated[str, Shows(N_("Ce qui fonde le changement de version"))]
    kind: Literal["migrated"] = "migrated"

    def upon(self, dossier: Dossier) -> Dossier:
        """The same state under another law."""
        return replace(dossier, plan=plan_in(self.plan))

    def in_french(self, plan: Plan) -> Sentence:
        """What a citizen is told."""
        del plan
        return Sentence(
            "La version {version} de la démarche s'applique désormais, par {ground}.",
            version=self.version,
            ground=GROUNDS[self.ground],
        )
