"""What another version of a procedure would make of an open dossier, as far as its clock row alone says."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.clock.again import Unseen, reckon_again
from domain.clock.terms import Reckoning
from domain.dues import DUES
from domain.plan import Plan, Step
from domain.sentence import N_
from domain.step_kinds import STEPS

Kind = Literal["unchanged", "date_moves", "other_step", "cannot_follow", "cannot_see"]
KINDS: tuple[Kind, ...] = ("unchanged", "date_moves", "other_step", "cannot_follow", "cannot_see")
DECIDED = frozenset({"decided", "granted"})
SETTLED = frozenset({"implied_acceptance", "implied_rejection", "provisional"})
_DONE_ONCE = {"decided": ("decision",), "granted": ("decision", "notice")}
ALREADY_BORN = N_("Le nouveau délai serait déjà écoulé : une décision naîtrait dans le passé.")
STEPS_UNSEEN = N_("Les étapes changent : la ligne ne dit pas lesquelles sont déjà faites.")
UNSEEN = (
    N_("les pièces reçues et le formulaire, qui disent si le dossier reste complet sous la version candidate"),
    N_("ce que les agents et la personne ont écrit : évaluation, proposition, décision"),
    N_("la date de dépôt et les faits qui n'ont pas touché le délai"),
    N_("les recours, et ce que les lettres ont déjà annoncé à la personne"),
)
"""What the impact never reads: it stands under each dossier's key, and no key is opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """What stands in clear of an open dossier: where it is, its reckoning, what is due."""

    step: str
    status: str
    due_kind: str | None
    reckoning: Reckoning


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What immediate effect would do to one dossier. Dates are the last day of the delay; `why` is French."""

    kind: Kind
    before: date | None = None
    after: date | None = None
    step: str = ""
    why: str = ""


class Impact:
    """One pinned plan against the candidate: what they have in common is looked at once."""

    def __init__(self, held: Plan, candidate: Plan, on: date) -> None:
        self.held, self.candidate, self.on = held, candidate, on
        self.steps: dict[str, Step] = {step.kind: step for step in candidate.steps}
        self.known: dict[str, Step] = {step.kind: step for step in held.steps}
        self.same_steps = held.steps == candidate.steps
        self.dropped = self.known.keys() - self.steps.keys()
        self.fewer_pieces = {piece.key for piece in held.pieces} - {piece.key for piece in candidate.pieces}
        self.same_pieces = held.pieces == candidate.pieces
        self.same_outcomes = _outcomes(held) == _outcomes(candidate)

    def of(self, row: ClockRow) -> Verdict:
        """What immediate effect would do to that dossier."""
        before = row.reckoning.expires
        if (why := self._gone(row)) is not None:
            return Verdict(kind="cannot_follow", before=before, why=why)
        if row.status in SETTLED and (why := self._settled(row)) is not None:
            return Verdict(kind="cannot_follow", before=before, why=why)
        if (why := self._hidden(row)) is not None:
            return Verdict(kind="cannot_see", before=before, why=why)
        again = self._again(row)
        if isinstance(again, Unseen):
            return Verdict(kind="cannot_see", before=before, why=again.why)
        return self._moved(row, again)

    def _moved(self, row: ClockRow, again: Reckoning) -> Verdict:
        before, after, step = row.reckoning.expires, again.expires, self._step(row)
        if step is None:
            return Verdict(kind="cannot_see", before=before, why=STEPS_UNSEEN)
        born = again.born if row.status not in SETTLED else None
        if born is not None and born < self.on and before != after:
            return Verdict(kind="cannot_follow", before=before, after=after, why=ALREADY_BORN)
        kind: Kind = "other_step" if step != row.step else "unchanged" if before == after else "date_moves"
        return Verdict(kind=kind, before=before, after=after, step=step)

    def _again(self, row: ClockRow) -> Reckoning | Unseen:
        if row.status in SETTLED:
            return row.reckoning
        return reckon_again(row.reckoning, self.held.clock, self.candidate.clock, self.on, self.held.extension)

    def _gone(self, row: ClockRow) -> str | None:
        """The step at which the dossier stands is not in the candidate."""
        if row.status == "proposed" and "proposal" not in self.steps:
            return N_("Une proposition attend sa réponse, et la version candidate n'a pas d'étape de proposition.")
        if row.status == "decided" and "notice" not in self.steps:
            return N_("Une décision attend d'être notifiée, et la version candidate n'a pas d'étape de notification.")
        return None

    def _settled(self, row: ClockRow) -> str | None:
        """Silence has decided already: nothing gives that back."""
        held, other = self.held.clock, self.candidate.clock
        if held.silence == other.silence and held.stopped_by == other.stopped_by:
            again = reckon_again(row.reckoning, held, other, self.on, self.held.extension)
            if isinstance(again, Reckoning) and again.expires == row.reckoning.expires:
                return None
        return N_("Le silence a déjà produit son effet : une migration ne reprend pas ce que la loi a donné.")

    def _hidden(self, row: ClockRow) -> str | None:
        due = DUES.get(row.due_kind or "")
        if due is not None and due.unseen and self.steps.get(due.step) != self.known.get(due.step):
            return N_("L'échéance en cours dépend d'un fait (réception, mise à disposition) que la ligne ne dit pas.")
        if row.status in DECIDED and (self._narrower() or self.held.clock != self.candidate.clock):
            return N_("La décision est signée : la ligne ne dit ni laquelle, ni quand.")
        if row.status in SETTLED and self._narrower():
            return N_(
                "Le silence a produit son effet : la ligne ne dit pas ce qui est signé, proposé ou demandé depuis."
            )
        if not self.same_pieces and row.reckoning.started is None and self.held.clock.start == "complete":
            return N_("Les pièces de la démarche changent : la ligne ne dit pas lesquelles ont été reçues.")
        if self.fewer_pieces or (not self.same_pieces and row.status == "incomplete"):
            return N_("Les pièces de la démarche changent : la ligne ne dit pas lesquelles ont été demandées.")
        if "opinion" in self.dropped:
            return N_("L'étape d'avis disparaît : la ligne ne dit pas si un avis est demandé.")
        if not self.same_pieces and _indispensable(self.held) != _indispensable(self.candidate):
            return N_("Les pièces indispensables changent : la ligne ne dit pas si l'examen pourrait continuer.")
        return None

    def _narrower(self) -> bool:
        """Whether the candidate lacks what a dossier may be in the middle of."""
        return not (self.same_outcomes and self.same_pieces) or any(STEPS[kind].under_way for kind in self.dropped)

    def _step(self, row: ClockRow) -> str | None:
        """The first step that would not be done; None when it is one of which the row says nothing."""
        if self.same_steps:
            return row.step
        if any(
            self.known[kind] != self.steps[kind]
            for kind in self.known.keys() & self.steps.keys()
            if not STEPS[kind].by_state
        ):
            return None
        order: list[str] = [step.kind for step in self.held.steps]
        reached = order.index(row.step) if row.step in order else len(order)
        done = {*order[:reached], *_DONE_ONCE.get(row.status, ())}
        steps = (step for step in self.candidate.steps if step.kind not in done)
        first: str = next((step.kind for step in steps if not step.optional or step.kind in order), "")
        unsaid = order[reached + 1 :] if row.status == "implied_acceptance" else _may_be_done(order[reached + 1 :])
        return None if first in unsaid else first


def _may_be_done(later: list[str]) -> list[str]:
    """Steps that may be done though an earlier one is not: all but the decision, which the status tells, and after."""
    return [kind for kind in later if kind not in {"decision", "notice"}]


def _outcomes(plan: Plan) -> dict[str, bool]:
    return {outcome.key: outcome.favourable for outcome in plan.outcomes}


def _indispensable(plan: Plan) -> set[tuple[str, str]]:
    return {(piece.key, repr((piece.required, piece.required_when))) for piece in plan.pieces if piece.indispensable}
