"""What exists in a demonstration alone."""

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Use


async def in_demonstration(services: Use) -> None:
    """Raises Problem elsewhere than in a demonstration, where there is no such page."""
    if services.settings.mode != "demonstration":
        raise Problem(types.NOT_FOUND, "Cette page n'existe que dans une démonstration.")
