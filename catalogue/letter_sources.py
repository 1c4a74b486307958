"""Letters: where their Markdown is, and what their tags may name.

A procedure's own letter is `procedures/<slug>/letters/<name>.md`; what every procedure says alike is in
`catalogue/letters/<name>.md`. The first line is the title, after `# `.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalogue.choices import chosen
from catalogue.forms import FORMS, form
from catalogue.loader import Catalogue, catalogue
from domain.acknowledgement import provide_by
from domain.amended import DecisionRectified
from domain.appeals import appeal_lines
from domain.calendar import Instant, civil
from domain.citations import unmarked
from domain.correction import DateCorrected
from domain.dossier import Dossier
from domain.effects_of_silence import SILENCES
from domain.happened import Event
from domain.plan import Plan
from domain.revocation import GROUNDS, DecisionRevoked, RevocationIntended
from domain.silence import SilenceVoided
from domain.steps.completeness_events import PiecesRequested
from domain.steps.convention import ConventionSent
from domain.steps.decision_events import Decided
from domain.steps.proposal import Proposal
from domain.steps.proposal_events import Proposed
from domain.steps.transmission import Transmitted, time_after

SHARED = Path(__file__).with_name("letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A letter's Markdown, its title, its content hash, and the whole file that the hash is of."""

    name: str
    title: str
    text: str
    sha256: str
    whole: str


class NoLetter(LookupError):
    """The procedure has no letter of that name, and there is no shared one."""


def letter(slug: str, name: str, within: Catalogue | None = None) -> Source:
    """The source of a letter; a procedure that is no longer published has the shared ones. Raises NoLetter."""
    published = within or catalogue()
    own = (published.folder(slug) / "letters",) if published.has(slug) else ()
    for place in (*own, SHARED):
        file = place / f"{name}.md"
        if file.exists():
            text = file.read_text(encoding="utf-8")
            title, _, body = text.partition("\n")
            digest = hashlib.sha256(text.encode()).hexdigest()
            told = title.removeprefix("# ").strip()
            return Source(name=name, title=told, text=body.lstrip(), sha256=digest, whole=text)
    raise NoLetter(f"La démarche « {slug} » n'a pas de lettre « {name} ».")


def name_of(plan: Plan, kind: str, event: Event) -> str:
    """The letter that the effect `letter:<kind>` of `event` asks for."""
    if kind == "decision" and isinstance(event, Decided):
        outcome = plan.outcome(event.outcome)
        return outcome.letter if outcome is not None and outcome.letter else "decision"
    if kind == "proposal":
        step = plan.step_of("proposal")
        return step.letter if isinstance(step, Proposal) and step.letter else "proposal"
    return kind


def context(
    dossier: Dossier,
    event: Event,
    reference: str,
    person: str,
    amounts: Mapping[str, Decimal] | None = None,
    *,
    written: Instant | None = None,
    forms: Path = FORMS,
) -> dict[str, Any]:
    """What the tags of a letter may name; `dossier` is the state once the act of `event` is done.

    Dates are civil days, amounts decimals, choices are printed in their words, and no text is marked « à confirmer »:
    that is for who keeps the procedure. What people wrote is given as it is and escaped when printed. `written` is
    when the letter leaves, later than the event where a fact is entered late: nothing past is said to come. `forms` is
    where the forms are.
    """
    plan, reckoning = dossier.plan, dossier.reckoning()
    assessment = plan.step_of("assessment")
    leaves = written or event.effective
    return {
        "reference": reference,
        "personne": person,
        "demarche": plan.title,
        "autorite": unmarked(plan.authority),
        "service": {
            "nom": unmarked(plan.office.name),
            "adresse": unmarked(plan.office.address),
            "courriel": unmarked(plan.office.email),
            "telephone": unmarked(plan.office.phone),
        },
        "le": civil(event.effective),
        "depot": dossier.civil_filed(),
        "silence_le": civil(dossier.silence.since) if dossier.silence is not None else None,
        "complet": civil(dossier.complete) if dossier.complete is not None else None,
        "delai": plan.clock.delay.in_words(),
        "expire": reckoning.expires,
        "naissance": reckoning.born,
        "passee": reckoning.born is not None and reckoning.born < civil(leaves),
        "silence": plan.clock.silence,
        "effet": SILENCES[plan.clock.silence].request,
        "attestation": plan.attestation,
        "articles": ", ".join(map(unmarked, plan.clock.reference)),
        "recours": [unmarked(line) for line in appeal_lines(plan)],
        "formulaire": _in_words(plan, f"v{plan.form}", dossier.form, forms),
        "evaluation": _in_words(plan, _form_of(assessment), dossier.findings, forms),
        "montants": dict(amounts or {}),
        "manquantes": [_piece(plan, key) for key in dossier.missing()],
        "a_fournir_avant": provide_by(dossier, leaves),
        "notifiee": dossier.decision is not None and dossier.decision.notified is not None,
        "silence_de_la_personne": isinstance(event, SilenceVoided) and event.of == "proposal",
        "date_corrigee": isinstance(event, SilenceVoided) and event.corrected,
        "acquise_par_silence": _acquired(dossier),
        "retiree": civil(dossier.withdrawn) if dossier.withdrawn is not None else None,
        **_of(dossier, event, forms),
    }


def _acquired(dossier: Dossier) -> bool:
    """Whether what is withdrawn, or may be, was given by silence."""
    if dossier.revocation is not None:
        return dossier.revocation.taken == "silence"
    return dossier.silence is not None and dossier.silence.effect == "acceptance" and dossier.decision is None


def _of(dossier: Dossier, event: Event, forms: Path) -> dict[str, Any]:
    told: dict[str, Any] = {"demandees": [], "jusqu_au": None, "pourquoi": "", "contenu": {}, "definitive": False}
    told |= {"issue": "", "motifs_droit": "", "motifs_fait": "", "signataire": "", "reponse_sous": ""}
    told |= {"destinataire": "", "delai_apres": "", "correction": "", "recours_rouverts": False}
    told |= {"destinataire": "", "delai_apres": "", "motif": "", "entretien": None}
    told |= {"erreur": "", "lire": ""}
    match event:
        case PiecesRequested():
            asked = [_piece(dossier.plan, piece.key) | {"motif": piece.reason} for piece in event.pieces]
            told |= {"demandees": asked, "jusqu_au": event.until, "pourquoi": event.why}
        case Proposed():
            step = dossier.plan.step_of("proposal")
            within = step.answer_within.in_words() if isinstance(step, Proposal) else ""
            told |= {"definitive": event.final, "reponse_sous": within}
            told |= {"contenu": _in_words(dossier.plan, _form_of(step), event.content, forms)}
        case DateCorrected():
            told |= {"correction": event.in_french(dossier.plan), "recours_rouverts": event.of == "decision"}
        case ConventionSent():
            told |= {
                "contenu": _in_words(dossier.plan, _form_of(dossier.plan.step_of("convention")), event.content, forms)
            }
        case Transmitted():
            after = time_after(dossier.plan, event.rejected_on)
            told |= {"destinataire": unmarked(event.to), "motifs_fait": event.reasons, "delai_apres": after}
        case Decided():
            outcome = dossier.plan.outcome(event.outcome)
            told |= {
                "issue": outcome.title if outcome is not None else event.outcome,
                "contenu": _in_words(dossier.plan, _form_of(outcome), event.content, forms),
                "motifs_droit": event.reasons_law,
                "motifs_fait": event.reasons_fact,
                "signataire": unmarked(event.signatory),
            }
        case DecisionRectified():
            told |= {"erreur": event.error, "lire": event.instead}
        case RevocationIntended():
            told |= {"motif": GROUNDS[event.ground], "motifs_fait": event.reasons, "jusqu_au": event.until}
        case DecisionRevoked():
            told |= {
                "motif": GROUNDS[event.ground],
                "motifs_droit": event.reasons_law,
                "motifs_fait": event.reasons_fact,
                "entretien": event.heard_on,
                "signataire": unmarked(event.signatory),
            }
        case _:
            return told
    return told


def _piece(plan: Plan, key: str) -> dict[str, str]:
    piece = plan.piece(key)
    if piece is None:
        return {"titre": key, "texte": ""}
    return {"titre": unmarked(piece.title), "texte": ", ".join(map(unmarked, piece.reference))}


def _form_of(asking: object) -> str:
    """The file of the form of a step or of an outcome; empty when it asks for nothing."""
    name = getattr(asking, "form", "")
    return f"{name}.v1" if name else ""


def _in_words(plan: Plan, name: str, content: Mapping[str, Any], forms: Path) -> Mapping[str, Any]:
    """What was answered on a form, each choice with its words; as it is where the form is nowhere any more."""
    try:
        said: Mapping[str, Any] = chosen(form(plan.procedure, name, forms).schema, content) if name else content
    except FileNotFoundError:
        return content
    return said
