"""Who may do what: every command has its owners, and a past date needs an agent."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.act_rights import refuse_unless_may
from domain.actors import Actor, ActorKind
from domain.commands import WHO
from domain.messages import SendMessage
from domain.refusals import Refused
from domain.silence import Settle
from domain.steps.decision import Decide
from domain.withdrawal import Withdraw
from tests.domain.telling import when


def _actor(kind: ActorKind) -> Actor:
    return Actor(kind=kind, id=UUID(int=1))


def test_every_command_has_its_owners() -> None:
    """No act that anybody may do by omission."""
    assert all(WHO.values())


@pytest.mark.parametrize("kind", ["resident", "mediator", "system", "administrator"])
def test_only_agents_decide(kind: ActorKind) -> None:
    """An administrator never touches a dossier."""
    with pytest.raises(Refused):
        refuse_unless_may(_actor(kind), Decide(outcome="oui"))
    refuse_unless_may(_actor("agent"), Decide(outcome="oui"))


def test_administrators_do_nothing_to_a_dossier() -> None:
    """Whatever the act."""
    assert all("administrator" not in kinds for kinds in WHO.values())


def test_a_resident_may_not_date_an_act_in_the_past() -> None:
    """An agent may, with channel and evidence."""
    late = Withdraw(effective=when("2026-11-23"), channel="paper", evidence="courrier")
    with pytest.raises(Refused, match="agent"):
        refuse_unless_may(_actor("resident"), late)
    refuse_unless_may(_actor("agent"), late)


def test_nobody_writes_in_anothers_name() -> None:
    """A resident's message is the resident's."""
    with pytest.raises(Refused):
        refuse_unless_may(_actor("resident"), SendMessage(sender="agent", text="Bonjour"))


def test_only_the_worker_settles() -> None:
    """Nobody else needs to: every act settles first."""
    with pytest.raises(Refused):
        refuse_unless_may(_actor("agent"), Settle())
