"""What silence will decide, queue by queue, as agents and operators read it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from api.http.inputs import Out
from api.shown.listed import title_of
from domain.calendar import Instant
from domain.futures.forecast import FORESEEN, UNSEEN, Decided, Forecast


class DecidedOut(Out):
    """A dossier that silence will have decided, and when: at the end of the day `on`, whose date that bears."""

    id: UUID
    reference: str
    effect: str
    at: datetime
    on: date

    @classmethod
    def of(cls, one: Decided) -> "DecidedOut":
        """As it is told."""
        return cls.showing(one, id=one.dossier, on=one.dated)


class EffectOut(Out):
    """How many dossiers one effect of silence will reach."""

    effect: str
    label: str
    count: int


class QueueForecastOut(Out):
    """One group and one procedure it serves (no group: none serves it). `dossiers`: the earliest; `left_out`: how many
    more. `passed`: what was due before now and is about to be written; `undetermined`: a letter on its way comes first.
    """

    group: str
    procedure: str
    procedure_title: str
    open: int
    effects: list[EffectOut]
    dossiers: list[DecidedOut]
    left_out: int
    passed: int
    undetermined: int


class ForecastOut(Out):
    """What silence will decide between `now` and `on` if nobody acts, and what a forecast cannot see."""

    now: datetime
    on: datetime
    queues: list[QueueForecastOut]
    unseen: tuple[str, ...] = UNSEEN


def shown_forecast(
    queues: Iterable[tuple[str, str]],
    found: Mapping[str, Forecast],
    counts: Mapping[str, int],
    *,
    now: Instant,
    on: Instant,
    most: int | None = None,
) -> ForecastOut:
    """The forecast of those queues, with `most` dossiers in each at most."""
    return ForecastOut(
        now=now,
        on=on,
        queues=[_queue(group, slug, found[slug], counts.get(slug, 0), most) for group, slug in queues],
    )


def _queue(group: str, procedure: str, found: Forecast, count: int, most: int | None) -> QueueForecastOut:
    shown = found.decided[:most]
    counts = found.counts
    return QueueForecastOut(
        group=group,
        procedure=procedure,
        procedure_title=title_of(procedure),
        open=count,
        effects=[
            EffectOut(effect=effect, label=label, count=counts[effect])
            for effect, (_, label) in FORESEEN.items()
            if effect in counts
        ],
        dossiers=[DecidedOut.of(one) for one in shown],
        left_out=len(found.decided) - len(shown),
        passed=found.passed,
        undetermined=found.undetermined,
    )
