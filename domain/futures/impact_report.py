"""What a candidate version would do to every open dossier, counted: the report that stays with its publication."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.futures.impact import KINDS, UNSEEN, Kind, Verdict

MOST_MOVES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two versions: its number and the hashes of its plan and of its folder."""

    version: int
    plan_sha256: str
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A dossier that immediate effect would not leave as it is."""

    dossier: str
    verdict: Verdict


@dataclass(slots=True, kw_only=True)
class Report:
    """Counts under both policies on the civil day `on`; `changed` names the dossiers, and is not kept."""

    procedure: str
    on: date
    published: Side
    candidate: Side
    open: int = 0
    pinned: Counter[int] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    moves: Counter[tuple[date | None, date | None]] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    whys: Counter[tuple[Kind, str]] = field(default_factory=Counter)
    changed: list[Changed] = field(default_factory=list)

    def add(self, dossier: str, version: int, verdict: Verdict) -> None:
        """Count one open dossier, which follows `version` now."""
        self.open += 1
        self.pinned[version] += 1
        self.kinds[verdict.kind] += 1
        if verdict.kind == "unchanged":
            return
        self.changed.append(Changed(dossier, verdict))
        if verdict.why:
            self.whys[verdict.kind, verdict.why] += 1
        if verdict.kind == "other_step":
            self.steps[verdict.step] += 1
        if verdict.kind in {"date_moves", "other_step"} and verdict.before != verdict.after:
            self.moves[verdict.before, verdict.after] += 1

    def counts(self) -> dict[str, Any]:
        """The report as it is kept: counts, reasons, the two hashes, the day; no dossier is named."""
        return {
            "procedure": self.procedure,
            "on": self.on.isoformat(),
            "published": _side(self.published),
            "candidate": _side(self.candidate),
            "open": self.open,
            "law_at_filing": {
                "unchanged": self.open,
                "by_version": {str(version): count for version, count in sorted(self.pinned.items())},
            },
            "immediate_effect": {kind: self.kinds[kind] for kind in KINDS},
            "moves": [
                {"before": _iso(before), "after": _iso(after), "count": count}
                for (before, after), count in self.moves.most_common(MOST_MOVES)
            ],
            "other_steps": dict(self.steps),
            "why": [{"kind": kind, "why": why, "count": count} for (kind, why), count in self.whys.most_common()],
            "cannot_see": list(UNSEEN),
        }

    def named(self) -> list[dict[str, Any]]:
        """The dossiers that immediate effect would not leave as they are."""
        return [
            {
                "dossier": one.dossier,
                "kind": one.verdict.kind,
                "before": _iso(one.verdict.before),
                "after": _iso(one.verdict.after),
                "step": one.verdict.step or None,
                "why": one.verdict.why or None,
            }
            for one in self.changed
        ]


def _side(side: Side) -> dict[str, Any]:
    return {"version": side.version, "plan_sha256": side.plan_sha256, "content_sha256": side.content_sha256}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
