"""What a token does with a dossier: read what it may read; add to its system's own deposit, if it may deposit."""

from uuid import UUID

from api.services import Services
from api.sign_in.identity import Machine
from domain.refusals import Refused
from storage.register.deposits import origin_of


async def refuse_unless_readable(services: Services, system: Machine, dossier: UUID) -> None:
    """Raises NotFound for what the token does not see; Refused unless it may read that procedure.

    The walls show a system its own deposits, so that a token completes them: another right than reading them.
    """
    async with services.database.transaction(system.context) as connection:
        origin = await origin_of(connection, dossier)
    system.refuse_unless(origin.procedure, "read")


async def refuse_unless_own_deposit(services: Services, system: Machine, dossier: UUID) -> None:
    """Raises NotFound for what the token does not see; Refused unless it may deposit, and this system deposited it."""
    async with services.database.transaction(system.context) as connection:
        origin = await origin_of(connection, dossier)
    system.refuse_unless(origin.procedure, "deposit")
    if origin.system != system.id:
        raise Refused(
            "not_deposited_by_you",
            "Un système ne complète que ce qu'il a déposé lui-même.",
            what_to_do="Laissez la personne, ou le système qui a déposé la demande, la compléter.",
        )
