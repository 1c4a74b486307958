"""What agents send to put a signed decision right: cancelled, rectified, or withdrawn after hearing the person."""

from __future__ import annotations

from typing import Literal

from api.act_bodies import LateIn
from api.inputs import Day, Flag, In, LongText, ShortText
from domain.amended import CancelDecision, Rectify
from domain.commands import Command
from domain.revoking import GiveObservations, IntendRevocation, Revoke


class CancelDecisionIn(In):
    """Cancelling a decision signed by mistake, which nobody has been told."""

    reasons: LongText

    def command(self) -> Command:
        """The command of the domain."""
        return CancelDecision(reasons=self.reasons)


class RectifyIn(In):
    """Rectifying a clerical error: `error` is what was written, `instead` what must be read."""

    error: LongText
    instead: LongText

    def command(self) -> Command:
        """The command of the domain."""
        return Rectify(error=self.error, instead=self.instead)


class IntendRevocationIn(In):
    """Telling the person that a withdrawal is thought of; fifteen days to answer when `until` is left out."""

    ground: Literal["illegal", "fraud", "conditions"]
    reasons: LongText
    until: Day | None = None

    def command(self) -> Command:
        """The command of the domain."""
        return IntendRevocation(ground=self.ground, reasons=self.reasons, until=self.until)


class PaperObservationsIn(LateIn):
    """The person's observations, received by post or said at the counter, with their evidence."""

    text: LongText = ""
    to_be_heard: Flag = False

    def command(self) -> Command:
        """The command of the domain."""
        return GiveObservations(
            text=self.text,
            to_be_heard=self.to_be_heard,
            effective=self.effective,
            channel=self.channel,
            evidence=self.evidence,
        )


class RevokeIn(In):
    """Withdrawing a decision that gave a right. `heard_on`, the day of the interview that the person asked for;
    `request`, the evidence of their own request where the ground is theirs (`asked`, `better`).
    """

    ground: Literal["illegal", "fraud", "conditions", "asked", "better"]
    reasons_law: LongText
    reasons_fact: LongText
    heard_on: Day | None = None
    request: ShortText = ""

    def command(self) -> Command:
        """The command of the domain."""
        return Revoke(
            ground=self.ground,
            reasons_law=self.reasons_law,
            reasons_fact=self.reasons_fact,
            heard_on=self.heard_on,
            request=self.request,
        )
