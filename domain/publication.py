"""Publishing a version by four eyes: one asks, with the report of its impact in hand; another one publishes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from domain.calendar import Instant
from domain.plan import Plan
from domain.refusals import Refused
from domain.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRequest:
    """A publication that somebody asked for: the version, the hash of its plan, the impact report that was read."""

    procedure: str
    version: int
    plan_sha256: str
    report_sha256: str
    by: UUID | None
    at: Instant


def to_publish(written: Plan | None, published: Iterable[Plan]) -> Plan:
    """What is written and nobody published yet. Raises Refused when there is nothing."""
    if written is None or written.version in {plan.version for plan in published}:
        raise Refused(
            "nothing_to_publish",
            "Le dossier de la démarche ne dit aucune version nouvelle.",
            what_to_do="Écrivez « version » et « in_force_from » dans procedure.toml pour commencer la suivante.",
        )
    return written


def refuse_faulty(faults: int) -> None:
    """Raises Refused while the check of the procedure finds something."""
    if faults:
        raise Refused(
            "check_failed",
            Sentence(
                "La vérification trouve des points à reprendre, au nombre de {count} : rien n'est publié.", count=faults
            ),
            what_to_do="Reprenez-les (ils sont sur la page de la démarche), puis recommencez.",
        )


def refuse_outdated(reported: str, written: str) -> None:
    """Raises Refused unless the report that was read is of the plan as it is written, by their hashes."""
    if reported != written:
        raise Refused(
            "report_outdated",
            "La démarche a été modifiée depuis ce rapport d'impact.",
            what_to_do="Mesurez l'impact de nouveau, lisez-le, puis demandez la publication.",
        )


def refuse_alone(asked: PublicationRequest | None, written: str, by: UUID) -> PublicationRequest:
    """What was asked for. Raises Refused unless somebody else asked for this very plan, by its hash."""
    if asked is None or asked.plan_sha256 != written:
        raise Refused(
            "publication_not_asked",
            "Personne n'a demandé la publication de cette version, telle qu'elle est écrite.",
            what_to_do="Mesurez son impact, puis demandez-la ; une autre personne publiera.",
        )
    if asked.by == by:
        raise Refused(
            "four_eyes",
            "Vous avez demandé cette publication : une autre personne doit la relire et publier.",
            what_to_do="Demandez à un autre administrateur d'ouvrir cette page.",
        )
    return asked
