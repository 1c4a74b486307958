"""If-Match, ETag and Idempotency-Key, as headers become values (RFC 9110 §13, draft-ietf-httpapi-idempotency-key)."""

import re
from typing import Annotated, Protocol, TypeVar
from uuid import UUID, uuid5

from fastapi import Depends, Header
from starlette.responses import Response

from api.http import refusal_types as types
from api.http.problems import Problem
from domain.actors import Actor

_KEYS = UUID("5d1c9d4e-6f0a-4f55-9d0b-3f1d6c3f0a11")
_ETAG = re.compile(r'^"(\d{1,18})"$')
_KEY = re.compile(r"^[\x21-\x7e]{8,128}$")


class Version(Protocol):
    """What is answered with the version of what it shows."""

    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Version)


def versioned(response: Response, shown: V) -> V:
    """What is answered, its version said by ETag."""
    response.headers["ETag"] = etag(shown.version)
    return shown


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


async def expected_version(
    if_match: Annotated[str | None, Header(description='"<version>" lue dans ETag')] = None,
) -> int | None:
    """The version that the caller has seen, None when it did not say. Raises Problem for another form."""
    if if_match is None or if_match.strip() == "*":
        return None
    match = _ETAG.match(if_match.strip())
    if match is None:
        raise Problem(
            types.IF_MATCH_MALFORMED, 'If-Match porte la version lue dans ETag, entre guillemets : If-Match: "12".'
        )
    return int(match.group(1))


async def required_version(version: Annotated[int | None, Depends(expected_version)]) -> int:
    """The version that the caller has seen. Raises Problem (428) when it did not say."""
    if version is None:
        raise Problem(
            types.IF_MATCH_REQUIRED,
            "Un acte dit la version du dossier qu'il a vue : relisez-le, et renvoyez son ETag dans If-Match.",
        )
    return version


async def idempotency_key(idempotency_key: Annotated[str | None, Header()] = None) -> str | None:
    """The caller's own key for this write, None when absent. Raises Problem for one that cannot be told apart."""
    if idempotency_key is None:
        return None
    key = idempotency_key.strip().strip('"')
    if not _KEY.match(key):
        raise Problem(
            types.KEY_MALFORMED,
            "Idempotency-Key fait de 8 à 128 caractères visibles, par exemple un UUID tiré au hasard.",
        )
    return key


async def required_key(key: Annotated[str | None, Depends(idempotency_key)]) -> str:
    """The caller's own key for this write. Raises Problem when absent."""
    if key is None:
        raise Problem(
            types.KEY_REQUIRED,
            "Tirez une clé au hasard (UUID) ; renvoyée si la réponse s'est perdue, elle ne fait l'acte qu'une fois.",
        )
    return key


def command_id(actor: Actor, key: str) -> UUID:
    """The id of the command that this actor sends under this key: the same for a repetition, never another's."""
    return uuid5(_KEYS, f"{actor.kind}|{actor.id}|{actor.mandate}|{key}")


IfMatch = Annotated[int | None, Depends(expected_version)]
SeenVersion = Annotated[int, Depends(required_version)]
OptionalKey = Annotated[str | None, Depends(idempotency_key)]
RequiredKey = Annotated[str, Depends(required_key)]
