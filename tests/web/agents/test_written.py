"""What a person wrote reaches who must read it, on the first page of the request; and they find it again."""

from __future__ import annotations

from tests.api.journeys import act
from tests.web.agents.desk import agent_of
from tests.web.residents.visiting import proposed, said
from tests.web.visitors import Site

CHANGES = "Deux heures de plus le dimanche, s'il vous plaît."
LETTER = "AR 1A 234 567 8901 2"


async def test_the_changes_asked_of_a_proposal_are_read_by_agents_and_found_again(site: Site) -> None:
    anne = await proposed(site)
    answered = await act(anne.api, anne.dossier, "answer_proposal", {"answer": "changes", "text": CHANGES})
    assert answered.status_code == 200, answered.text
    agent = await agent_of(site, "apa", "apa-domicile")

    for under in ("", "/journal"):
        assert CHANGES in said((await agent.get(f"/fr/agents/dossiers/{anne.dossier}{under}")).text)
    for under in ("", "/journal", "/proposition"):
        assert CHANGES in said(await anne.page(under))


async def test_the_evidence_of_a_fact_on_paper_is_read_in_the_journal(site: Site) -> None:
    """By agents, and by the person whom the fact concerns."""
    anne = await proposed(site)
    paper = {"channel": "registered_mail", "evidence": LETTER}
    desk = await site.counter.agent("apa", procedures=("apa-domicile",))
    filed_at = (await anne.api.get(f"dossiers/{anne.dossier}")).json()["filed_at"]
    body = {"reason": "Plus besoin.", "effective": filed_at, **paper}
    withdrawn = await act(desk, anne.dossier, "withdraw", body)
    assert withdrawn.status_code == 200, withdrawn.text
    agent = await agent_of(site, "apa", "apa-domicile")

    for text in (LETTER, "Plus besoin."):
        assert text in said((await agent.get(f"/fr/agents/dossiers/{anne.dossier}/journal")).text)
        assert text in said(await anne.page("/journal"))
