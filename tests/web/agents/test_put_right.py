"""A decision put right by an agent's pages: what a cancelled letter says there, and the grounds that are offered."""

from __future__ import annotations

from api.sign_in.credentials import COOKIE
from tests.api.journeys import act, example, filed
from tests.api.test_letters import kept
from tests.web.agents.desk import agent_of
from tests.web.visitors import Site

SIGNED = {"reasons_law": "CRPA L311-5", "reasons_fact": "Le document est préparatoire."}


async def test_the_letter_of_a_cancelled_decision_says_not_to_post_it(site: Site) -> None:
    anne = await site.counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    signatory = await site.counter.agent("documents", procedures=("acces-documents",))
    agent = await agent_of(site, "documents", "acces-documents")
    signed = (await act(signatory, dossier, "decide", {"outcome": "refus", **SIGNED})).json()
    await kept(site.counter, dossier, signed["version"], "letter:decision")

    before = (await agent.get(f"/fr/agents/dossiers/{dossier}/lettres")).text
    assert (await act(signatory, dossier, "cancel_decision", {"reasons": "Une autre demande."})).status_code == 200
    after = (await agent.get(f"/fr/agents/dossiers/{dossier}/lettres")).text

    assert before.count("à ne pas poster") == 0
    assert after.count("à ne pas poster") == 1


async def test_a_ground_that_the_procedure_never_admits_is_not_offered(site: Site) -> None:
    """Conditions are those of a grant: the kernel would refuse them here whatever is written."""
    anne = await site.counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    signatory = await site.counter.agent("documents", procedures=("acces-documents",))
    agent = await agent_of(site, "documents", "acces-documents")
    given = {"outcome": "communication", "content": example("acces-documents").get("communication", {})}
    assert (await act(signatory, dossier, "decide", given)).status_code == 200
    assert (await act(signatory, dossier, "notify", {})).status_code == 200

    for name, offered in (("intend_revocation", {"illegal", "fraud"}), ("revoke", {"illegal", "fraud", "asked"})):
        shown = (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/{name}")).text
        assert all(f'value="{ground}"' in shown for ground in offered), name
        assert 'value="conditions"' not in shown


async def test_a_signed_decision_that_stopped_the_delay_promises_no_silence_any_more(site: Site) -> None:
    """To the person neither, who is not told yet which decision it is; once it is cancelled, silence may decide."""
    anne = await site.counter.resident()
    dossier = (await filed(anne, "acces-documents"))["id"]
    signatory = await site.counter.agent("documents", procedures=("acces-documents",))
    agent, person = await agent_of(site, "documents", "acces-documents"), site.visitor()
    person.client.cookies.set(COOKIE, anne.token)
    at, clock = f"/fr/dossiers/{dossier}", f"/fr/agents/dossiers/{dossier}/horloge"
    promised, none = "votre demande sera rejetée", "Le silence prend effet le</dt><dd>aucun jour"
    assert promised in (await person.get(at)).text

    await act(signatory, dossier, "decide", {"outcome": "refus", **SIGNED})
    assert promised not in (await person.get(at)).text
    assert none in (await agent.get(clock)).text

    way = (await agent.get(f"/fr/agents/dossiers/{dossier}/actes/cancel_decision")).text
    assert ">Annuler</a>" not in way, "one would not know what that cancels"
    await act(signatory, dossier, "cancel_decision", {"reasons": "Une autre demande."})
    assert promised in (await person.get(at)).text
    assert none not in (await agent.get(clock)).text
