"""A campaign: between two instants requests of one procedure are admitted, then ranked, then voted on together.

Calls for projects are a practice of local authorities: no text read here fixes their dates, budget or ranking.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.amounts import WRITTEN
from domain.calendar import Instant, civil, midnight
from domain.days_in_words import instant_in_words
from domain.dossier import Dossier
from domain.pointers import at_pointer
from domain.refusals import Refused
from domain.sentence import Sentence, Verbatim

NOTHING = Decimal(0)
BEFORE_VOTE = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From `opens` included to `closes` excluded (UTC), on the legal clock."""

    title: str
    opens: Instant
    closes: Instant

    def admits(self, at: Instant) -> bool:
        """Whether a request filed at that instant belongs to it."""
        return self.opens <= at < self.closes

    def meets(self, other: "Window") -> bool:
        """Whether some instant belongs to both."""
        return self.opens < other.closes and other.opens < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(Window):
    """One of a procedure: `session` is the civil day planned for the vote, `budget` in euros, `told` what was said."""

    id: UUID
    procedure: str
    session: date
    budget: Decimal
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A request in the ranking; without a score, or without the amount that the plan asks for, it has no rank."""

    dossier: UUID
    reference: str
    filed: Instant
    score: Decimal | None
    amount: Decimal | None
    voted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate at its place: `total` of the amounts down to it; `within` says that the budget reaches it."""

    candidate: Candidate
    rank: int | None
    total: Decimal
    within: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Where a campaign stands, what agents must be told now (may be empty), when something comes next."""

    state: str
    tell: str = ""
    at: Instant | None = None


def refuse_unless_open(windows: Sequence[Window], at: Instant) -> None:
    """Raises Refused, saying when a campaign opened, closed or will open, unless one admits `at`."""
    if any(window.admits(at) for window in windows):
        return
    ahead = min((window for window in windows if window.opens > at), key=lambda one: one.opens, default=None)
    behind = max((window for window in windows if window.closes <= at), key=lambda one: one.closes, default=None)
    said = Sentence("Cette démarche ne se dépose que pendant une campagne.")
    if behind is not None:
        said = Sentence(
            "Cette démarche ne se dépose que pendant une campagne. "
            "La campagne « {title} », ouverte le {opens}, est close depuis le {closes}.",
            title=Verbatim(behind.title),
            opens=instant_in_words(behind.opens),
            closes=instant_in_words(behind.closes),
        )
    if ahead is not None:
        then = Sentence(
            "La campagne « {title} » ouvre le {opens}. Votre brouillon est gardé.",
            title=Verbatim(ahead.title),
            opens=instant_in_words(ahead.opens),
        )
    elif behind is not None:
        then = Sentence("Aucune autre campagne n'est prévue. Votre brouillon est gardé.")
    else:
        then = Sentence("Aucune campagne n'est prévue. Votre brouillon est gardé.")
    raise Refused("campaign_closed", said, what_to_do=then)


def refuse_misplanned(campaign: Campaign, others: Iterable[Window], now: Instant) -> None:
    """Raises Refused for dates out of order or already past, a negative budget, or a campaign over another."""
    if campaign.closes <= max(campaign.opens, now):
        raise _misplanned("La campagne ferme après son ouverture, et dans l'avenir.")
    if campaign.session < civil(campaign.closes):
        raise _misplanned("Le vote a lieu une fois la campagne close.")
    if campaign.budget < NOTHING:
        raise _misplanned("Le budget ne peut pas être négatif.")
    over = next((other for other in others if campaign.meets(other)), None)
    if over is not None:
        raise _misplanned(
            Sentence(
                "La campagne « {title} » de la même démarche va du {opens} au {closes} : "
                "deux campagnes ne se recouvrent pas.",
                title=Verbatim(over.title),
                opens=instant_in_words(over.opens),
                closes=instant_in_words(over.closes),
            )
        )


def _misplanned(reason: str) -> Refused:
    return Refused("campaign_misplanned", reason, what_to_do="Corrigez ses dates ou son budget.")


def refuse_vote_before_close(campaign: Campaign, at: Instant) -> None:
    """Raises Refused while requests may still come."""
    if at < campaign.closes:
        until = instant_in_words(campaign.closes)
        raise Refused(
            "campaign_open",
            Sentence(
                "La campagne « {title} » reçoit des demandes jusqu'au {until}.",
                title=Verbatim(campaign.title),
                until=until,
            ),
            what_to_do="Enregistrez le vote une fois la campagne close.",
        )


def candidate(dossier: Dossier, id: UUID, reference: str) -> Candidate:
    """The dossier as the ranking sees it. Raises ValueError before filing."""
    if dossier.filed is None:
        raise ValueError("the dossier is not filed")
    plan = dossier.plan
    return Candidate(
        dossier=id,
        reference=reference,
        filed=dossier.filed,
        score=number(at_pointer(dossier.findings, plan.rank_by)) if plan.rank_by else None,
        amount=number(at_pointer(dossier.findings, plan.amount_by)) if plan.amount_by else NOTHING,
        voted=dossier.vote.adopted if dossier.vote is not None else None,
    )


def number(value: Any) -> Decimal | None:
    """A number of a form, or its decimal text; None for anything else."""
    if isinstance(value, str) and WRITTEN.match(value):
        return Decimal(value)
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def ranking(candidates: Iterable[Candidate], budget: Decimal) -> tuple[Ranked, ...]:
    """By score, the highest first, then by instant of filing; those without a score or an amount come last.

    The budget's line passes before the first that it does not reach: nobody further down jumps over it.
    """
    every = tuple(candidates)
    placed = sorted(filter(_placed, every), key=_order)
    listed: list[Ranked] = []
    total, within = NOTHING, True
    for rank, one in enumerate(placed, start=1):
        total += one.amount or NOTHING
        within = within and total <= budget
        listed.append(Ranked(candidate=one, rank=rank, total=total, within=within))
    unplaced = sorted((one for one in every if not _placed(one)), key=lambda one: (one.filed, one.dossier))
    return (*listed, *(Ranked(candidate=one, rank=None, total=total, within=False) for one in unplaced))


def _placed(one: Candidate) -> bool:
    return one.score is not None and one.amount is not None


def _order(one: Candidate) -> tuple[Decimal, Instant, UUID]:
    return (-(one.score or NOTHING), one.filed, one.dossier)


def moments(campaign: Campaign) -> tuple[tuple[str, Instant], ...]:
    """What agents are told of a campaign, each at its instant, in order; after the last, it is over."""
    session, over = midnight(campaign.session), midnight(campaign.session + timedelta(days=1))
    soon = max(session - BEFORE_VOTE, campaign.closes)
    return (("opened", campaign.opens), ("closed", campaign.closes), ("vote_soon", soon), ("voted", over))


def next_of(campaign: Campaign, now: Instant) -> Next:
    """What comes next at `now`: only the last moment passed is worth telling, and once."""
    every = moments(campaign)
    passed = [name for name, at in every if at <= now]
    state = passed[-1] if passed else "planned"
    if passed and state not in campaign.told:
        return Next(state=state, tell=state)
    return Next(state=state, at=next((at for _, at in every if at > now), None))
