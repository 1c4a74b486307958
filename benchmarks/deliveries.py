"""E-mails taken more than once, and whether what is promised explains it (`docs/workflows.md`): at least once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

SENDS_OR_MARKS = frozenset({"worker", "postgres"})
"""Who hands an e-mail over, and who keeps the mark that it was: Temporal and the API can make neither forget."""


@dataclass(slots=True)
class Delivery:
    """A message taken, once more for each time that it is sent; `cut` until its sender has said goodbye."""

    message_id: str
    at: datetime
    cut: bool = True


@dataclass(frozen=True, slots=True)
class Outage:
    """A part killed, and when it answered again (a process that is only killed: the same instant)."""

    part: str
    since: datetime
    until: datetime


def again(
    deliveries: Sequence[Delivery], marked: Mapping[str, datetime], outages: Sequence[Outage]
) -> Iterator[tuple[Delivery, bool]]:
    """Each delivery beyond the first of its Message-ID, and whether it is explained.

    The Message-ID is the same at each attempt, so that receivers join them. One more is explained when the sender could
    not know of the one before: it was not marked yet (`marked`, by Message-ID), and between the two either its own
    session had been cut after the message, or the worker or PostgreSQL was away. After the mark nothing explains it.
    """
    before: dict[str, Delivery] = {}
    for each in deliveries:
        earlier = before.get(each.message_id)
        if earlier is not None:
            unknown = each.message_id not in marked or each.at < marked[each.message_id]
            yield each, unknown and (earlier.cut or any(_between(earlier, each, outage) for outage in outages))
        before[each.message_id] = each


def _between(earlier: Delivery, later: Delivery, outage: Outage) -> bool:
    return outage.part in SENDS_OR_MARKS and outage.since <= later.at and earlier.at <= outage.until
