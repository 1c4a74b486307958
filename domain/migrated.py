"""The words of a migration: what is asked, what has happened. `domain/migration.py` decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.happened import THE_OFFICE, Asked, Happened
from domain.worded import Sentence

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.plan import Plan

Ground = Literal["law_at_filing", "immediate_effect"]
GROUNDS: dict[Ground, str] = {
    "law_at_filing": "retour à la loi en vigueur au dépôt",
    "immediate_effect": "effet immédiat du texte nouveau",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrate(Asked):
    """Take the dossier to another version, `plan` (its JSON, of SHA-256 `sha256`), on a stated legal ground."""

    plan: str
    sha256: str
    ground: Ground
    text: str
    article: str
    kind: Literal["migrate"] = "migrate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated(Happened):
    """The dossier follows another version from here on, on the `ground` and by the `text` that the act states.

    `plan` is that whole version as JSON, whose SHA-256 is `sha256`: the journal holds the law it was treated under.
    """

    who: ClassVar[str] = THE_OFFICE
    plan: str
    sha256: str
    version: int
    ground: Ground
    text: str
    kind: Literal["migrated"] = "migrated"

    def upon(self, dossier: Dossier) -> Dossier:
        """The same state under another law."""
        return replace(dossier, plan=dossier.plan.other(self.plan))

    def in_french(self, plan: Plan) -> Sentence:
        """What a citizen is told."""
        del plan
        return Sentence(
            "La version {version} de la démarche s'applique désormais, par {ground}.",
            version=self.version,
            ground=GROUNDS[self.ground],
        )
