"""What is published of a grant: one row of the national schema « subventions » 2.1.1 (SCDL), made as of an entry.

Only what is granted to a legal person, from a threshold on (loi 2000-321 art. 10, décret 2017-779: à confirmer).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.calendar import civil
from domain.campaign import number
from domain.dossier import Dossier
from domain.event import Event
from domain.plan import OpenData, Plan
from domain.pointers import at_pointer
from domain.states import DecisionState
from domain.steps.payment import Payment

COLUMNS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)
"""The columns of the schema, in its order."""
READ = frozenset(COLUMNS[4:11]) | {"idRAE", "notificationUE", "dispositifAide"}
"""Those that a plan says where to read; the others are computed, or are of who grants."""
NEEDED = frozenset({"nomBeneficiaire", "objet", "montant", "nature"})
NATURES = {"numeraire": "aide en numéraire", "nature": "aide en nature"}
TERMS = {"unique": "unique", "echelonne": "échelonné"}
LONGEST = 256
WHOLE = "1.00"
"""One request has one beneficiary: the whole of the grant is theirs."""
PUBLISHING = frozenset({"notified", "convention_signed", "paid"})
ENDING = frozenset({"decision_revoked", "renounced"})
"""What leaves nothing granted: only what no payment was ordered for may be renounced."""
_SIRET, _RNA = re.compile(r"[0-9]{14}"), re.compile(r"W[0-9]{9}")


class NotPublished(Exception):
    """Nothing is published of this grant, for now or for ever: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A row without the columns of who grants; `convention_on` orders the published file."""

    convention_on: date
    columns: Mapping[str, str]


def publishes(after: Dossier, event: Event) -> bool:
    """Whether `event` makes, changes or ends the row of a grant; where a convention is needed, once it is signed."""
    if after.plan.open_data is None:
        return False
    if event.kind in ENDING:
        return True
    if event.kind not in PUBLISHING or after.status != "granted":
        return False
    convention = after.plan.step_of("convention")
    return convention is None or convention.done(after)


def granted(dossier: Dossier, convention: Mapping[str, Any], publish_from: Decimal) -> Granted:
    """The row of a grant; `convention` is the content of its convention, `publish_from` in euros.

    Raises NotPublished.
    """
    plan, decision = dossier.plan.open_data, dossier.decision
    if plan is None or decision is None or dossier.status != "granted":
        raise NotPublished("not_granted")
    source = {"form": dossier.form, "decision": decision.content, "convention": convention}
    said = {name: _text(at_pointer(source, pointer)) for name, pointer in plan.columns.items()}
    amount = number(said.get("montant"))
    if amount is None:
        raise NotPublished("amount_unknown")
    if amount < publish_from:
        raise NotPublished("below_threshold")
    signed = _convention_on(dossier, decision)
    columns = {
        **_beneficiary(said),
        "dateConvention": signed.isoformat(),
        "referenceDecision": dossier.vote.deliberation if dossier.vote is not None else "",
        "objet": _short(said.get("objet", "")),
        "montant": str(amount),
        "nature": _nature(said.get("nature", "")),
        "conditionsVersement": _terms(dossier.plan, said),
        "datesPeriodeVersement": _paid_over(dossier, signed, _until(plan, source)),
        "idRAE": said.get("idRAE", ""),
        "notificationUE": "oui" if said.get("notificationUE") == "oui" else "non",
        "pourcentageSubvention": WHOLE,
        "dispositifAide": said.get("dispositifAide", ""),
    }
    return Granted(convention_on=signed, columns=columns)


def _beneficiary(said: Mapping[str, str]) -> dict[str, str]:
    """A legal person has a number in a public register; whoever has none is not published."""
    siret, rna = (re.sub(r"\s", "", said.get(name, "")) for name in ("idBeneficiaire", "rnaBeneficiaire"))
    known = {"idBeneficiaire": siret if _SIRET.fullmatch(siret) else ""}
    known["rnaBeneficiaire"] = rna if _RNA.fullmatch(rna) else ""
    name = said.get("nomBeneficiaire", "")
    if not name or not any(known.values()):
        raise NotPublished("no_legal_person")
    return known | {"nomBeneficiaire": name}


def _convention_on(dossier: Dossier, decision: DecisionState) -> date:
    """The day of the last signature; that of the decision where no convention is needed."""
    made = dossier.convention
    signatures = [at for at in (made.beneficiary, made.authority) if at is not None] if made is not None else []
    return civil(max(signatures, default=decision.signed))


def _nature(said: str) -> str:
    found = NATURES.get(said, said)
    if found not in NATURES.values():
        raise NotPublished("nature_unknown")
    return found


def _terms(plan: Plan, said: Mapping[str, str]) -> str:
    """As the decision says, else by the number of parts."""
    if written := said.get("conditionsVersement"):
        return _short(TERMS.get(written, written))
    payment = plan.step_of("payment")
    return "échelonné" if isinstance(payment, Payment) and len(payment.parts) > 1 else "unique"


def _paid_over(dossier: Dossier, signed: date, until: date | None) -> str:
    """The day of the only payment, or a period; what was paid counts more than what was foreseen."""
    days = sorted(civil(each.paid) for each in dossier.payments if each.paid is not None)
    payment = dossier.plan.step_of("payment")
    if days and (payment is None or payment.done(dossier)):
        return _period(days[0], days[-1])
    last = max((*days, until), default=None) if until is not None else None
    if last is None or last < signed:
        raise NotPublished("dates_unknown")
    return _period(signed, last, always=True)


def _period(first: date, last: date, *, always: bool = False) -> str:
    return first.isoformat() if first == last and not always else f"{first.isoformat()}/{last.isoformat()}"


def _until(plan: OpenData, source: Mapping[str, Any]) -> date | None:
    said = at_pointer(source, plan.until) if plan.until else None
    return date.fromisoformat(said) if isinstance(said, str) else None


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value)


def _short(text: str) -> str:
    if not text:
        raise NotPublished("purpose_missing")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
