"""The stories of `make run`: an agrément, an access to documents, an APA, and what silence decides."""

from typing import Any

from catalogue.examples import example
from catalogue.loader import catalogue
from cli.story.identities import HELPED
from cli.story.stage import Stage
from domain.amounts import in_euros

AGREMENT, ACCESS, APA = "agrement-assistant-maternel", "acces-documents", "apa-domicile"


def file_all(stage: Stage) -> dict[str, str]:
    """Four filings: by a resident, by a mediator, by a system, and one that nobody will examine."""
    stage.title("Les dépôts")
    filed = {}
    filed["agrement"] = _resident_files(stage, "Anna")
    filed["apa"] = _mediator_files(stage)
    filed["access"] = _system_deposits(stage)
    filed["silent"] = _resident_files(stage, "Anna (2e)")
    return filed


def _acknowledged(stage: Stage, who: str, slug: str, answer: dict[str, Any]) -> str:
    said = answer["acknowledgement"]
    stage.say(who, f"dépose « {catalogue().plan(slug).title} », référence {said['reference']}.", "CRPA R112-11-1")
    stage.say("le guichet", said["effect"], ", ".join(said["articles"][1:]))
    return str(answer["id"])


def _resident_files(stage: Stage, who: str) -> str:
    return _acknowledged(stage, who, AGREMENT, stage.file(stage.voices["resident"], AGREMENT))


def _mediator_files(stage: Stage) -> str:
    voice = stage.voices["mediator"]
    mandate = voice(
        "POST",
        "/mandates",
        {
            "resident_name": "Yves Kerbrat",
            "resident_email": HELPED,
            "procedures": [APA],
            "duration": "semester",
            "consent": "signed_on_site",
            "consented_at": stage.now().isoformat(),
        },
    ).json()
    stage.within = f"/mandates/{mandate['id']}"
    stage.say("médiatrice", "reçoit mandat de Yves Kerbrat pour l'APA, pour six mois.", "code civil art. 1984")
    answer = stage.file(voice, APA, within=stage.within)
    return _acknowledged(stage, "médiatrice", APA, answer)


def _system_deposits(stage: Stage) -> str:
    voice, written = stage.voices["system"], example(ACCESS)["form"]
    applicant = {"name": "Association Eau vive", "email": "eau-vive@demonstration.example"}
    prepared = voice("POST", "/deposits", {"procedure": ACCESS, "applicant": applicant}).json()["id"]
    for piece in catalogue().plan(ACCESS).pieces:
        if piece.required_for(written):
            stage.send(voice, f"/deposits/{prepared}", piece)
    body = {"procedure": ACCESS, "form": written, "prepared": prepared}
    return _acknowledged(stage, "portail", ACCESS, voice("POST", "/dossiers", body).json())


def decide_agrement(stage: Stage, dossier: str) -> None:
    """Taken, visited, granted, notified by the first reading."""
    stage.title("L'agrément, instruit et décidé")
    agent, resident, written = stage.voices["pmi"], stage.voices["resident"], example(AGREMENT)
    agent.act(dossier, "take")
    stage.say("agent PMI", "prend le dossier en charge.", "CRPA L111-2")
    agent.act(dossier, "assess", {"findings": written["visite"]})
    stage.say("agent PMI", "enregistre la visite du domicile : avis favorable.", "CASF L421-3, CASF D421-4")
    agent.act(dossier, "decide", {"outcome": "agrement", "content": written["agrement"]})
    stage.say("agent PMI", "signe l'agrément, pour trois enfants.", "CASF L421-3, CASF L421-4")
    target = stage.await_notice(resident, dossier, "decision")
    stage.say("le guichet", "met la décision à disposition d'Anna, et l'en avertit.", "CRPA R112-19")
    resident.act(dossier, "read_notice", {"target": target})
    stage.say("Anna", "consulte la décision : elle est notifiée.", "CRPA R112-20, CASF L421-6")
    stage.dates(resident, dossier)


def decide_access(stage: Stage, dossier: str) -> None:
    """Answered within the month."""
    stage.title("L'accès aux documents, déposé par un autre service")
    agent, system = stage.voices["documents"], stage.voices["system"]
    agent.act(dossier, "take")
    content = example(ACCESS)["communication"]
    agent.act(dossier, "decide", {"outcome": "communication", "content": content})
    stage.say("agent", "communique les documents, en partie, avant la fin du mois.", "CRPA L311-1")
    agent.act(dossier, "notify")
    stage.say("agent", "enregistre la notification.", "CRPA L221-8")
    seen = system.get(f"/dossiers/{dossier}")
    stage.say("portail", f"lit où en est son dépôt : {seen['status_label'].lower()}.")


def propose_apa(stage: Stage, dossier: str) -> None:
    """Acknowledged, assessed, a plan proposed and accepted, granted, notified."""
    stage.title("L'APA, déposée par une médiatrice")
    agent, written = stage.voices["autonomie"], example(APA)
    mediator, within = stage.voices["mediator"], stage.within
    agent.act(dossier, "take")
    agent.act(dossier, "acknowledge")
    stage.say("agent", "accuse réception du dossier complet, sous dix jours.", "CASF R232-23")
    stage.wait_days(7)
    agent.act(dossier, "assess", {"findings": written["evaluation"]})
    stage.say("agent", "enregistre l'évaluation : GIR 2.", "CASF R232-7")
    agent.act(dossier, "propose", {"content": written["plan"]})
    told = agent.get(f"/dossiers/{dossier}")["proposal"]["content"]
    plan, share, rest = (in_euros(told[name]) for name in ("plan", "participation", "contribution"))
    sums = f"{share} à sa charge, {rest} au département"
    stage.say("agent", f"propose un plan d'aide de {plan} par mois : {sums}.", "CASF R232-11")
    target = stage.await_notice(mediator, dossier, "proposal", within=within)
    mediator.act(dossier, "read_notice", {"target": target}, within=within)
    stage.say("médiatrice", "ouvre la proposition avec Yves : ses dix jours courent.", "CASF R232-7")
    stage.wait_days(3)
    mediator.act(dossier, "answer_proposal", {"answer": "accepted"}, within=within)
    stage.say("Yves", "accepte, par la main de sa médiatrice.", "CASF R232-7")
    agent.act(dossier, "decide", {"outcome": "accord", "content": written["accord"]})
    stage.say("agent", "signe l'attribution.", "CASF L232-12")
    target = stage.await_notice(mediator, dossier, "decision", within=within)
    mediator.act(dossier, "read_notice", {"target": target}, within=within)
    stage.say("médiatrice", "consulte la décision pour Yves : elle est notifiée avant les deux mois.", "CASF L232-14")
    stage.dates(mediator, dossier, within=within)


def nobody_acts(stage: Stage, dossier: str) -> None:
    """Three months pass: silence decides, and its attestation is issued by itself."""
    stage.title("L'agrément que personne n'examine")
    resident = stage.voices["resident"]
    due = resident.get(f"/dossiers/{dossier}")["next"]
    stage.say("le temps", "passe. Personne n'agit.")
    stage.move_to_due(due["at"])
    stage.await_letter(resident, dossier, "attestation")
    stage.say("la loi", "l'agrément est acquis, et l'attestation délivrée d'elle-même.", "CASF L421-6, CASF D421-15")
    stage.dates(resident, dossier)
