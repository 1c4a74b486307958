"""What every body of the counter is made of: no unknown field, no type taken for another.

JSON has already been read strictly (`api/strict_json.py`); here texts stay texts, and dates are written as dates.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool


class In(BaseModel):
    """A body that a person or a machine sends."""

    model_config = ConfigDict(extra="forbid")


class Out(BaseModel):
    """An answer; what is not declared is not shown."""

    model_config = ConfigDict(from_attributes=True)


def _written(value: Any) -> Any:
    """Refuse numbers, which pydantic would otherwise read as seconds since 1970."""
    if isinstance(value, (int, float)):
        raise ValueError("une date s'écrit comme un texte, par exemple 2026-11-23")  # noqa: TRY004 (pydantic reads ValueError)
    return value


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


Day = Annotated[date, BeforeValidator(_written)]
"""A civil day, `2026-11-23`."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_utc)]
"""An instant with its offset, `2026-11-23T10:00:00+01:00`; kept in UTC."""

Flag = StrictBool
ShortText = Annotated[str, Field(max_length=200)]
Reason = Annotated[str, Field(max_length=5_000)]
LongText = Annotated[str, Field(max_length=20_000)]
Key = Annotated[str, Field(max_length=100, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Content = dict[str, Any]
