"""One story for each procedure that goes through every step that its workflow has a block for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.messages import SendMessage
from domain.steps.assessment import Assess
from domain.steps.decision import Decide
from domain.steps.proposal import Propose
from tests.workers.office import Office, example

STEPS = {
    "apa-domicile": ("completeness", "assessment", "proposal", "decision", "notice", "always"),
    "agrement-assistant-maternel": ("completeness", "assessment", "decision", "notice", "always"),
    "acces-documents": ("completeness", "decision", "notice", "always"),
}
OUTCOME = {
    "apa-domicile": "refus",
    "agrement-assistant-maternel": "refus",
    "acces-documents": "refus",
}
FINDINGS = {"apa-domicile": "evaluation", "agrement-assistant-maternel": "visite"}
AIDE = {"nature": "aide à domicile", "montant": "400.00"}
PLAN = {"plan": "400.00", "aides": [AIDE], "participation": "50.00", "contribution": "350.00"}


async def through_every_step(office: Office, slug: str) -> UUID:
    """File, write, assess, propose and decide, as far as the plan goes; the law's reminders are for `later`."""
    dossier = await office.file(slug)
    steps = STEPS[slug]
    await office.act(dossier, SendMessage(sender="agent", text="Bonjour"))
    if "assessment" in steps:
        await office.settled(dossier)
        await office.act(dossier, Assess(findings=example(slug)[FINDINGS[slug]]))
    if "proposal" in steps:
        await office.act(dossier, Propose(content=PLAN))
    await decide(office, dossier, slug)
    return dossier


async def decide(office: Office, dossier: UUID, slug: str) -> None:
    """Sign a refusal, with its reasons."""
    await office.act(dossier, Decide(outcome=OUTCOME[slug], reasons_law="Texte", reasons_fact="Faits"))


async def to_its_silence(office: Office, dossier: UUID, *, by: timedelta = timedelta(0)) -> None:
    """Stop the legal clock at the instant when silence takes effect, or `by` from it."""
    due = (await office.story(dossier)).now().silence_due()
    assert due is not None
    await office.fix(due + by)
