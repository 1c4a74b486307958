"""What was granted is paid in its parts, in their order, to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dossier import Dossier
from domain.evolve import evolve
from domain.refusals import Refused
from domain.states import DecisionState
from domain.steps.payment import OrderPayment, Part, Payment
from tests.domain.telling import plan

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)
PARTS = (Part(key="acompte", title="Acompte", share="0.333"), Part(key="solde", title="Solde", share="0.667"))
STEP = Payment(parts=PARTS)


def _granted(amount: str) -> Dossier:
    decision = DecisionState(seq=1, signed=AT, outcome="oui", favourable=True, content={"montant": amount}, notified=AT)
    return Dossier(plan=replace(plan(), steps=(STEP,)), seq=1, filed=AT, decision=decision)


@given(st.decimals("0.00", "99999.99", places=2))
def test_the_parts_make_the_amount(amount: Decimal) -> None:
    """The last one takes what rounding left."""
    dossier = _granted(str(amount))
    for part in PARTS:
        for event in STEP.decide(dossier, OrderPayment(part=part.key), AT):
            dossier = evolve(dossier, event)
    assert sum(Decimal(payment.amount) for payment in dossier.payments) == amount


def test_the_last_part_is_not_paid_first() -> None:
    """It would take the whole, and no other could be paid: the dossier would stay open for ever."""
    with pytest.raises(Refused, match="« Acompte » vient d'abord") as refused:
        STEP.decide(_granted("100.00"), OrderPayment(part="solde"), AT)
    assert refused.value.code == "not_now"
