"""Letters: where their Markdown is, and what their tags may name.

A procedure's own letter is `procedures/<slug>/letters/<name>.md`; what every procedure says alike is in
`catalogue/letters/<name>.md`. The first line is the title, after `# `.
"""

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
from domain.appeals import lines_told
from domain.calendar import Instant, civil
from domain.citations import to_call, unmarked
from domain.correction import DateCorrected
from domain.dossier import Dossier
from domain.effects_of_silence import SILENCES
from domain.event import Event
from domain.plan import Plan
from domain.rectification import DecisionRectified
from domain.revocation_events import GROUNDS, DecisionRevoked, RevocationIntended
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
    plan = dossier.plan
    assessment = plan.step_of("assessment")
    leaves = written or event.effective
    return {
        "reference": reference,
        "personne": person,
        "demarche": plan.title,
        "autorite": unmarked(plan.authority),
        "service": _office(plan),
        **_dates(dossier, event, leaves),
        **_law(plan),
        "recours": [unmarked(line) for line in lines_told(dossier, civil(leaves))],
        "formulaire": _in_words(plan, f"v{plan.form}", dossier.form, forms),
        "evaluation": _in_words(plan, _form_of(assessment), dossier.findings, forms),
        "montants": dict(amounts or {}),
        "manquantes": [_piece(plan, key) for key in dossier.missing()],
        "a_fournir_avant": provide_by(dossier, leaves),
        "notifiee": dossier.decision is not None and dossier.decision.notified is not None,
        "silence_de_la_personne": isinstance(event, SilenceVoided) and event.of == "proposal",
        "date_corrigee": isinstance(event, SilenceVoided) and event.corrected,
        "acquise_par_silence": _acquired(dossier),
        **_of(dossier, event, forms),
    }


def _law(plan: Plan) -> dict[str, Any]:
    """What the procedure says whatever the request."""
    return {
        "delai": plan.clock.delay.in_words(),
        "silence": plan.clock.silence,
        "effet": SILENCES[plan.clock.silence].request,
        "attestation": plan.attestation,
        "articles": ", ".join(map(unmarked, plan.clock.reference)),
    }


def _office(plan: Plan) -> dict[str, str]:
    office = plan.office
    words = {"nom": office.name, "adresse": office.address, "courriel": office.email}
    return {name: unmarked(said) for name, said in words.items()} | {"telephone": to_call(office.phone)}


def _dates(dossier: Dossier, event: Event, leaves: Instant) -> dict[str, Any]:
    """When things happened, and when the law's time is up."""
    reckoning, silence = dossier.reckoning(), dossier.silence
    return {
        "le": event.dated,
        "depot": dossier.civil_filed(),
        "silence_le": silence.dated if silence is not None else None,
        "complet": civil(dossier.complete) if dossier.complete is not None else None,
        "expire": reckoning.expires,
        "naissance": reckoning.born,
        "passee": reckoning.born is not None and reckoning.born < civil(leaves),
        "retiree": civil(dossier.withdrawn) if dossier.withdrawn is not None else None,
    }


def _acquired(dossier: Dossier) -> bool:
    """Whether what is withdrawn, or may be, was given by silence."""
    if dossier.revocation is not None:
        return dossier.revocation.taken == "silence"
    return dossier.silence is not None and dossier.silence.effect == "acceptance" and dossier.decision is None


_UNSAID: Mapping[str, Any] = {
    "demandees": [], "jusqu_au": None, "pourquoi": "", "contenu": {}, "definitive": False, "issue": "",
    "motifs_droit": "", "motifs_fait": "", "signataire": "", "reponse_sous": "", "destinataire": "",
    "delai_apres": "", "correction": "", "recours_rouverts": False, "motif": "", "entretien": None, "erreur": "",
    "lire": "",
}  # fmt: skip
"""What the tags say of an event that tells nothing of them."""


def _of(dossier: Dossier, event: Event, forms: Path) -> dict[str, Any]:
    """What the event itself tells."""
    plan, told = dossier.plan, dict(_UNSAID)
    match event:
        case PiecesRequested():
            asked = [_piece(plan, piece.key) | {"motif": piece.reason} for piece in event.pieces]
            told |= {"demandees": asked, "jusqu_au": event.until, "pourquoi": event.why}
        case Proposed():
            step = plan.step_of("proposal")
            within = step.answer_within.in_words() if isinstance(step, Proposal) else ""
            told |= {"definitive": event.final, "reponse_sous": within}
            told |= {"contenu": _in_words(plan, _form_of(step), event.content, forms)}
        case DateCorrected():
            told |= {"correction": event.in_french(plan), "recours_rouverts": event.of == "decision"}
        case ConventionSent():
            asking = _form_of(plan.step_of("convention"))
            told |= {"contenu": _in_words(plan, asking, event.content, forms)}
        case Transmitted():
            after = time_after(plan, event.rejected_on)
            told |= {"destinataire": unmarked(event.to), "motifs_fait": event.reasons, "delai_apres": after}
        case Decided():
            outcome = plan.outcome(event.outcome)
            told |= _signed(event) | {"issue": outcome.title if outcome is not None else event.outcome}
            told |= {"contenu": _in_words(plan, _form_of(outcome), event.content, forms)}
        case DecisionRectified():
            told |= {"erreur": event.error, "lire": event.instead}
        case RevocationIntended():
            told |= {"motif": GROUNDS[event.ground], "motifs_fait": event.reasons, "jusqu_au": event.until}
        case DecisionRevoked():
            told |= _signed(event) | {"motif": GROUNDS[event.ground], "entretien": event.heard_on}
    return told


def _signed(event: Decided | DecisionRevoked) -> dict[str, str]:
    return {
        "motifs_droit": event.reasons_law,
        "motifs_fait": event.reasons_fact,
        "signataire": unmarked(event.signatory),
    }


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
