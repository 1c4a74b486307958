"""The shipped procedures with one step taken out, or e-mails put back in line: what the tests of removal run."""

from __future__ import annotations

from temporalio import workflow

from workflows.acces_documents import AccesDocuments
from workflows.agrement_assistant_maternel import AgrementAssistantMaternel
from workflows.apa_domicile import ApaDomicile
from workflows.carried import Carried
from workflows.carrying import Carrying
from workflows.effects import Dossier


class Removed:
    """The step that is taken out, set by the test (these run outside the sandbox)."""

    step = ""


class Maimed(Carrying):
    """Carries without one of its steps."""

    async def carry(self, dossier: Dossier, *steps: str) -> None:
        await super().carry(dossier, *(step for step in steps if step != Removed.step))


@workflow.defn(name="apa-domicile")
class MaimedApa(Maimed, ApaDomicile):
    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        await super().run(dossier)


@workflow.defn(name="agrement-assistant-maternel")
class MaimedAgrement(Maimed, AgrementAssistantMaternel):
    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        await super().run(dossier)


@workflow.defn(name="acces-documents")
class MaimedAcces(Maimed, AccesDocuments):
    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        await super().run(dossier)


@workflow.defn(name="acces-documents")
class InLineAcces(AccesDocuments):
    """Lets what follows an e-mail wait for it, though the history says that it did not."""

    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        await super().run(dossier)

    async def _carry(self, dossier: Dossier, carried: Carried) -> None:
        await self._carry_in_line(dossier, carried)


MAIMED = (MaimedApa, MaimedAgrement, MaimedAcces)
