"""Plans pinned by their content: stored once, never edited, read once by each process."""

import hashlib

from domain.plan import Plan
from domain.serial import PLAN
from storage.engine.pipeline import Statement
from storage.engine.questions import Question, value

KEPT = 500
_PIN = "INSERT INTO pinned_plan (sha256, procedure, version, body) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"


class Plans:
    """The pinned plans this process has met."""

    def __init__(self) -> None:
        self._read: dict[bytes, Plan] = {}
        self._pinned: dict[int, tuple[Plan, bytes, str]] = {}
        self._stored: set[bytes] = set()

    def get(self, sha256: bytes) -> Plan | None:
        """The plan of that hash, if it was met."""
        return self._read.get(sha256)

    def remember(self, sha256: bytes, body: str) -> Plan:
        """Read a stored plan. Raises ValueError when it is not what its hash says."""
        if hashlib.sha256(body.encode()).digest() != sha256:
            raise ValueError(f"Le plan {sha256.hex()} a été modifié dans la base.")
        if len(self._read) >= KEPT:
            self._read.clear()
        plan = PLAN.validate_json(body)
        self._read[sha256] = plan
        self._stored.add(sha256)
        return plan

    def pin(self, plan: Plan) -> tuple[bytes, tuple[Statement, ...]]:
        """The hash of a plan, and what must be run to store it (nothing once `stored` was told)."""
        held = self._pinned.get(id(plan))
        if held is None or held[0] is not plan:
            body = PLAN.dump_json(plan).decode()
            held = (plan, hashlib.sha256(body.encode()).digest(), body)
            if len(self._pinned) >= KEPT:
                self._pinned.clear()
            self._pinned[id(plan)] = held
        _, sha256, body = held
        if sha256 in self._stored:
            return sha256, ()
        return sha256, ((_PIN, (sha256, plan.procedure, plan.version, body)),)

    def stored(self, sha256: bytes) -> None:
        """The transaction that stored that plan is committed."""
        self._stored.add(sha256)


def body_of(sha256: bytes) -> Question[str]:
    """The body of a pinned plan."""
    return value("SELECT body FROM pinned_plan WHERE sha256 = %s", sha256)
