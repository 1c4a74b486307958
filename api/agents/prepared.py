"""What an act of instruction rests on: content held to its form, amounts computed by the rules on that day."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from api.acts import Hand
from api.form_errors import invalid, refuse_invalid
from catalogue import contents
from catalogue.contents import UNASKED, Content
from catalogue.forms import FieldError, form_named
from catalogue.loader import catalogue
from domain.calendar import civil
from domain.command import Command
from domain.kernel import decide as try_out
from domain.migration_events import Migrate
from domain.plan import Plan
from domain.serial import PLAN
from domain.steps.assessment import Assess
from domain.steps.convention import Convention, SendConvention
from domain.steps.decision import Decide, Decision
from domain.steps.proposal import Propose
from storage.register import texts
from storage.register.reading import Seen

UNEXPECTED = "additionalProperties"


def refuse_unless_formed(plan: Plan, form: str, content: Content, where: str) -> None:
    """Raises Problem unless the content follows the form of that name (with no name: nothing is expected)."""
    if form:
        refuse_invalid(form_named(plan, form), content, where)
    elif content:
        raise invalid((FieldError(pointer=f"/{each}", code=UNEXPECTED, message=UNASKED) for each in content), where)


async def assessment(hand: Hand, seen: Seen, body: Any) -> Command:
    """The findings to record. Raises Refused; Problem (field by field) when they do not follow the step's form."""
    del hand
    try_out(seen.dossier, Assess(findings=body.findings), seen.at)
    try:
        return Assess(findings=contents.findings(seen.dossier.plan, body.findings))
    except contents.Incorrect as wrong:
        raise invalid(wrong.errors, "/findings") from wrong


async def proposal(hand: Hand, seen: Seen, body: Any) -> Command:
    """The proposal to send, its amounts computed. Raises Refused, before anything is computed where it can; Problem."""
    try_out(seen.dossier, Propose(content=body.content), seen.at)
    try:
        written = contents.proposal(seen.dossier, body.content, civil(seen.at))
    except contents.Incorrect as wrong:
        raise invalid(wrong.errors, "/content") from wrong
    await _keep(hand, seen.dossier.plan.procedure, written.used)
    return Propose(content=written.content, used=written.used)


async def decision(hand: Hand, seen: Seen, body: Any) -> Command:
    """The decision to sign, its amounts computed and the advance imputed. Raises Refused, Problem."""
    plan = seen.dossier.plan
    signed = replace(Decide(**dict(body)), signatory=_signatory(plan, hand.actor.name))
    try_out(seen.dossier, signed, seen.at)
    try:
        written = contents.decision(seen.dossier, body.outcome, body.content, civil(seen.at))
    except contents.Incorrect as wrong:
        raise invalid(wrong.errors, "/content") from wrong
    await _keep(hand, plan.procedure, written.used)
    return replace(signed, content=written.content, used=written.used)


async def convention(hand: Hand, seen: Seen, body: Any) -> Command:
    """The convention to send. Raises Problem when it does not follow the step's form."""
    del hand
    plan = seen.dossier.plan
    step = plan.step_of("convention")
    if isinstance(step, Convention):
        refuse_unless_formed(plan, step.form, body.content, "/content")
    return SendConvention(content=body.content)


async def migration(hand: Hand, seen: Seen, body: Any) -> Command:
    """The version asked for, whole, with its hash. Raises NotInForce, UnknownProcedure."""
    del hand
    target = PLAN.dump_json(catalogue().version(seen.dossier.plan.procedure, body.version)).decode()
    sha256 = hashlib.sha256(target.encode()).hexdigest()
    return Migrate(plan=target, sha256=sha256, ground=body.ground, text=body.text, article=body.article)


Prepare = Callable[[Hand, Seen, Any], Awaitable[Command]]
PREPARED: Mapping[str, Prepare] = {
    "assess": assessment,
    "propose": proposal,
    "decide": decision,
    "send_convention": convention,
    "migrate": migration,
}
"""The acts that rest on more than their body, each with what makes its command."""


async def _keep(hand: Hand, procedure: str, used: Mapping[str, str]) -> None:
    """Keep for ever the texts that the act rests on, under their hashes."""
    if not used:
        return
    folder = catalogue().folder(procedure)
    async with hand.services.database.transaction(hand.context) as connection:
        for name in used:
            body = (folder / name).read_bytes()
            kind = "rules" if name.endswith(".py") else "parameters"
            await texts.publish(connection, kind=kind, name=f"{procedure}/{name}", body=body)


def _signatory(plan: Plan, name: str) -> str:
    """The name and the quality of who signs (CRPA L212-1)."""
    step = plan.step_of("decision")
    quality = step.signatory if isinstance(step, Decision) else ""
    return f"{name}, par délégation ({quality})" if name and quality else name or quality
