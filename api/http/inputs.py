"""What every body of the counter is made of: no unknown field, no type taken for another.

JSON has already been read strictly (`api/http/strict_json.py`); here texts stay texts, and dates are written as dates.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    SkipValidation,
    StrictBool,
    model_validator,
)
from pydantic_core import PydanticKnownError

from domain.invisible_signs import cleaned
from domain.sentence import N_

Dated = TypeVar("Dated", date, datetime)

ACCENTED = N_(
    "Cette adresse a un accent ou un signe spécial avant le « @ » : nous ne pourrions pas y écrire. Vérifiez-la."
)
YEARS = range(1900, 3000)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?", re.ASCII)


SentenceOut = Annotated[str, SkipValidation]
"""What is said in French and pages say in other languages too (`domain/sentence.py`): it passes as it is."""


class In(BaseModel):
    """A body that a person or a machine sends."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _as_it_is_seen(cls, body: Any) -> Any:
        """Every text as people see it, before any check; a password is kept sign by sign."""
        if not isinstance(body, dict):
            return body
        return {name: value if name in SECRETS else cleaned(value) for name, value in body.items()}


SECRETS = frozenset({"password", "new_password"})


class Out(BaseModel):
    """An answer; what is not declared is not shown."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def showing(cls, source: object, **otherwise: Any) -> Self:
        """What `source` bears by the names of these fields; `otherwise` says those that it bears not, or not so."""
        borne = {name: getattr(source, name) for name in cls.model_fields if name not in otherwise}
        return cls(**borne, **otherwise)


def _written(value: Any) -> Any:
    """Refuse numbers, which pydantic would otherwise read as seconds since 1970."""
    if isinstance(value, (int, float)):
        raise ValueError("une date s'écrit comme un texte, par exemple 2026-11-23")  # noqa: TRY004 (pydantic reads ValueError)
    return value


def _written_day(value: Any) -> Any:
    """Refuse what pydantic would read as a day too: an instant, a count of seconds in a text."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticKnownError("date_parsing", {"error": "form"})
    return _written(value)


def _written_moment(value: Any) -> Any:
    """Refuse what pydantic would read as an instant too: a count of seconds in a text."""
    if isinstance(value, str) and not _MOMENT.fullmatch(value):
        raise PydanticKnownError("datetime_parsing", {"error": "form"})
    return _written(value)


def _of_our_times(value: Dated) -> Dated:
    if value.year not in YEARS:
        raise ValueError(f"L'année doit aller de {YEARS[0]} à {YEARS[-1]}.")
    return value


def unwritable(email: str) -> bool:
    """Whether no ordinary mail server can carry it: an accent before the « @ » takes SMTPUTF8 all along the way."""
    return not email.rpartition("@")[0].isascii()


def _writable(email: str) -> str:
    if unwritable(email):
        raise ValueError(ACCENTED)
    return email


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Day = Annotated[date, BeforeValidator(_written_day), AfterValidator(_of_our_times)]
"""A civil day, `2026-11-23`."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written_moment), AfterValidator(_of_our_times), AfterValidator(_utc)]
"""An instant with its offset, `2026-11-23T10:00:00+01:00`; kept in UTC."""

Address = Annotated[EmailStr, Field(max_length=254), AfterValidator(_writable)]
"""An e-mail address to which the counter writes; its domain may have accents."""

Flag = StrictBool
ShortText = Annotated[str, Field(max_length=200)]
Reason = Annotated[str, Field(max_length=5_000)]
Key = Annotated[str, Field(max_length=100, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Content = dict[str, Any]
