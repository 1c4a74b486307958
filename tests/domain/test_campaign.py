"""Campaigns: when a request is admitted, how requests are ranked, what agents are told and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import midnight
from domain.campaign import (
    Campaign,
    Candidate,
    Window,
    candidate,
    moments,
    next_of,
    ranking,
    refuse_misplanned,
    refuse_unless_open,
    refuse_vote_before_close,
)
from domain.refusals import Refused
from domain.steps.assessment import Assess
from tests.domain.telling import Telling, plan, when

MOMENT = timedelta(microseconds=1)
SPRING = Campaign(
    id=UUID(int=1),
    procedure="essai",
    title="Printemps",
    opens=when("2027-03-01T09:00"),
    closes=when("2027-03-31T17:00"),
    session=date(2027, 5, 10),
    budget=Decimal("50000.00"),
)
AUTUMN = Window(title="Automne", opens=when("2027-09-01T09:00"), closes=when("2027-09-30T17:00"))


def test_a_request_is_admitted_from_the_opening_included_to_the_closing_excluded() -> None:
    refuse_unless_open([SPRING], SPRING.opens)
    refuse_unless_open([AUTUMN, SPRING], SPRING.closes - MOMENT)
    for outside in (SPRING.opens - MOMENT, SPRING.closes):
        with pytest.raises(Refused):
            refuse_unless_open([SPRING, AUTUMN], outside)


def test_a_refusal_says_when_the_campaign_opened_and_closed_and_when_the_next_one_opens() -> None:
    with pytest.raises(Refused) as refused:
        refuse_unless_open([AUTUMN, SPRING], when("2027-04-02"))

    assert refused.value.code == "campaign_closed"
    assert refused.value.reason == (
        "Cette démarche ne se dépose que pendant une campagne. La campagne « Printemps », ouverte le "
        "1er mars 2027 à 9 h 00, est close depuis le 31 mars 2027 à 17 h 00."
    )
    assert refused.value.what_to_do == (
        "La campagne « Automne » ouvre le 1er septembre 2027 à 9 h 00. Votre brouillon est gardé."
    )


def test_without_any_campaign_it_says_so() -> None:
    with pytest.raises(Refused, match="Aucune campagne n'est prévue"):
        refuse_unless_open([], when("2027-04-02"))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"closes": SPRING.opens}, "après son ouverture"),
        ({"closes": when("2027-01-02"), "opens": when("2027-01-01")}, "dans l'avenir"),
        ({"session": date(2027, 3, 30)}, "une fois la campagne close"),
        ({"budget": Decimal("-0.01")}, "négatif"),
        ({"closes": AUTUMN.opens + MOMENT, "session": date(2027, 12, 1)}, "ne se recouvrent pas"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_with_its_reason(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        refuse_misplanned(replace(SPRING, **changed), [AUTUMN], when("2027-02-01"))


def test_two_campaigns_may_follow_one_another_at_the_same_instant() -> None:
    touching = replace(SPRING, closes=AUTUMN.opens, session=date(2027, 12, 1))
    refuse_misplanned(touching, [AUTUMN], when("2027-02-01"))


def test_nothing_is_voted_while_requests_may_still_come() -> None:
    with pytest.raises(Refused, match="31 mars 2027 à 17 h 00"):
        refuse_vote_before_close(SPRING, SPRING.closes - MOMENT)
    refuse_vote_before_close(SPRING, SPRING.closes)


def one(number: int, score: str | None, filed: str = "2027-03-02", amount: str | None = "20000.00") -> Candidate:
    """A candidate of that number."""
    return Candidate(
        dossier=UUID(int=number),
        reference=f"2027-{number:06d}",
        filed=when(filed),
        score=None if score is None else Decimal(score),
        amount=None if amount is None else Decimal(amount),
    )


def test_the_best_score_comes_first_then_the_first_filed_and_the_line_passes_where_the_budget_ends() -> None:
    """60 000 asked of 50 000: the third is under the line, and the fourth, smaller, does not jump over it."""
    late, early = one(1, "14", "2027-03-20"), one(2, "14", "2027-03-02")
    best, small, unscored = one(3, "17.5"), one(4, "9", amount="1.00"), one(5, None)
    ranked = ranking([unscored, small, late, early, best], SPRING.budget)

    assert [each.candidate for each in ranked] == [best, early, late, small, unscored]
    assert [each.rank for each in ranked] == [1, 2, 3, 4, None]
    assert [each.within for each in ranked] == [True, True, False, False, False]
    assert ranked[2].total == Decimal("60000.00")


CANDIDATES = st.lists(
    st.builds(
        one,
        st.integers(1, 10**6),
        st.none() | st.integers(0, 20).map(str),
        st.dates(date(2027, 3, 1), date(2027, 3, 30)).map(str),
        st.none() | st.decimals("0", "90000", places=2).map(str),
    ),
    max_size=12,
    unique_by=lambda candidate: candidate.dossier,
)


@given(CANDIDATES, st.randoms(use_true_random=False), st.decimals("0", "200000", places=2))
def test_a_ranking_keeps_everybody_and_never_spends_more_than_the_budget(
    candidates: list[Candidate], chance: Any, budget: Decimal
) -> None:
    """In whatever order they come; those within are the first ones, without a gap."""
    ranked = ranking(candidates, budget)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    reached = [each for each in ranked if each.within]

    assert ranking(shuffled, budget) == ranked
    assert sorted(each.candidate.dossier for each in ranked) == sorted(each.dossier for each in candidates)
    assert tuple(reached) == ranked[: len(reached)]
    assert sum((each.candidate.amount or Decimal(0) for each in reached), Decimal(0)) <= budget
    scores = [each.candidate.score for each in ranked if each.rank is not None]
    assert scores == sorted(scores, key=lambda score: -(score or 0))


@given(CANDIDATES, st.decimals("0", "100000", places=2), st.decimals("0", "100000", places=2))
def test_a_larger_budget_leaves_nobody_out(candidates: list[Candidate], budget: Decimal, more: Decimal) -> None:
    within = {each.candidate.dossier for each in ranking(candidates, budget) if each.within}
    assert within <= {each.candidate.dossier for each in ranking(candidates, budget + more) if each.within}


def test_score_and_amount_are_read_in_the_findings_where_the_plan_says() -> None:
    """A whole number, a decimal text; true is no score, and what is not assessed has none."""
    campaign = plan(campaign=True, rank_by="/note", amount_by="/propose")
    telling = Telling(campaign).file("2027-03-02")
    assert candidate(telling.dossier, UUID(int=1), "R").score is None
    telling.do(Assess(findings={"note": 15, "propose": "1200.50"}), "2027-03-03")
    seen = candidate(telling.dossier, UUID(int=1), "R")

    assert (seen.score, seen.amount) == (Decimal(15), Decimal("1200.50"))
    odd = replace(telling.dossier, findings={"note": True, "propose": "beaucoup"})
    assert (candidate(odd, UUID(int=1), "R").score, candidate(odd, UUID(int=1), "R").amount) == (None, None)


def test_without_an_amount_in_the_plan_everybody_is_within() -> None:
    dossier = Telling(plan(campaign=True, rank_by="/note")).file("2027-03-02").dossier
    scored = candidate(replace(dossier, findings={"note": 3}), UUID(int=1), "R")
    assert [each.within for each in ranking([scored], Decimal(0))] == [True]


def test_agents_are_told_of_the_opening_the_closing_the_vote_and_its_morrow() -> None:
    """Each at its instant, once, until it is over."""
    told: list[tuple[str, str]] = []
    campaign, now = SPRING, when("2027-01-01")
    while (following := next_of(campaign, now)).tell or following.at is not None:
        if following.tell:
            told.append((following.tell, f"{now:%Y-%m-%dT%H:%MZ}"))
            campaign = replace(campaign, told=(*campaign.told, following.tell))
        else:
            now = following.at or now

    assert told == [
        ("opened", "2027-03-01T08:00Z"),
        ("closed", "2027-03-31T15:00Z"),
        ("vote_soon", "2027-04-25T22:00Z"),
        ("voted", "2027-05-10T22:00Z"),
    ]


@given(st.integers(-90, 200))
def test_after_a_long_sleep_only_the_last_moment_is_told(days: int) -> None:
    now = SPRING.opens + timedelta(days=days)
    following = next_of(SPRING, now)
    passed = [name for name, at in moments(SPRING) if at <= now]
    assert following.tell == (passed[-1] if passed else "")
    assert following.state == (passed[-1] if passed else "planned")


def test_a_vote_soon_after_the_closing_is_announced_at_the_closing() -> None:
    hurried = replace(SPRING, session=date(2027, 4, 2))
    assert dict(moments(hurried))["vote_soon"] == hurried.closes
    assert midnight(date(2027, 4, 3)) == moments(hurried)[-1][1]
