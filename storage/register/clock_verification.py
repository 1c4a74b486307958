"""The delay kept in clear beside a dossier: is it the journal's, and does a second opinion agree? Pure."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json, to_json

from domain.clock.second_opinion import audit
from domain.dossier import Dossier
from storage.register.chain import Break
from storage.register.in_clear import in_clear

READ = "SELECT seq, step, status, closed, ledger, due_at, due_kind, due_article FROM clock WHERE dossier = :dossier"
NAMES = {
    "seq": "le numéro d'entrée",
    "step": "l'étape",
    "status": "le statut",
    "closed": "la clôture",
    "ledger": "le registre du délai",
    "due_at": "l'échéance",
    "due_kind": "la nature de l'échéance",
    "due_article": "l'article de l'échéance",
}
"""The columns of `clock` that change with the dossier, as a person names them."""


def break_of_clock(kept: Mapping[str, Any] | None, folded: Dossier) -> Break | None:
    """What is wrong with the row of `clock` (the columns of `READ`) of a dossier whose journal folds to `folded`.

    The row is held to the fold, column by column; then the ledger to `domain/clock/second_opinion.py`, which
    recomputes the
    due date from it by other means: a fault in the legal clock itself, written everywhere alike, is found there.
    """
    if kept is None:
        return Break(folded.seq, "clock", "Le délai du dossier n'est plus enregistré.")
    wanted = _wanted(folded)
    for column, name in NAMES.items():
        if kept[column] != wanted[column]:
            found, right = _told(kept[column]), _told(wanted[column])
            sentence = f"Dans le délai enregistré, {name} n'est pas celui du journal : {found} au lieu de {right}."
            return Break(folded.seq, "clock", sentence)
    faults = audit(folded.plan.clock, [dated.fact for dated in folded.facts], folded.reckoning())
    if faults:
        return Break(folded.seq, "clock", f"Le délai recompté jour par jour contredit le calcul. {' '.join(faults)}")
    return None


def _wanted(folded: Dossier) -> dict[str, Any]:
    clear = in_clear(folded)
    found = {name: getattr(clear, name) for name in NAMES if name not in {"seq", "ledger"}}
    return {"seq": folded.seq, "ledger": from_json(clear.ledger), **found}


def _told(value: object) -> str:
    return to_json(value).decode()
