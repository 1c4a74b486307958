"""The catalogue of problems: each `type` the API answers can be read at its own address."""

from pydantic import BaseModel

from api.http import problem_types as types
from api.http.problems import Problem
from api.http.rooms import Room

router = Room(tags=["public"])


class ProblemTypeOut(BaseModel):
    """One kind of problem."""

    type: str
    status: int
    title: str


@router.get("/problems")
async def list_problem_types() -> list[ProblemTypeOut]:
    """Every kind of problem, by code."""
    return [_shown(types.REGISTRY[code]) for code in sorted(types.REGISTRY)]


@router.get("/problems/{code}")
async def read_problem_type(code: str) -> ProblemTypeOut:
    """What one `type` means."""
    if code not in types.REGISTRY:
        raise Problem(types.NOT_FOUND, f"Aucun problème ne porte le code « {code[:80]} ». La liste est à /problems.")
    return _shown(types.REGISTRY[code])


def _shown(kind: types.ProblemType) -> ProblemTypeOut:
    return ProblemTypeOut(type=kind.uri, status=kind.status, title=kind.title)
