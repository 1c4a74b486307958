"""A live dossier forked into the future: "if nobody acts", "if the piece arrives on the 12th". Nothing is written.

The journal is told first, then what the law has made happen since, then what is imagined: by the same kernel as the
register's, so that a fork in which nobody acts is what the register will say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from domain.act_description import ActDescription, Misdescribed, command_of, refuse_unknown
from domain.act_rights import refuse_unless_may
from domain.actors import Actor, ActorKind
from domain.calendar import Instant
from domain.command import Command
from domain.commands import WHO
from domain.days_in_words import instant_in_words
from domain.derivation import Recorded
from domain.dossier import Dossier
from domain.futures.least import in_words, least
from domain.futures.simulation import Basis, Story, Teller
from domain.kernel import decide
from domain.plan import Plan
from domain.refusals import Refused
from domain.sentence import N_, Sentence, Verbatim

MOST_ACTS = 50
PAST = N_("le {at} est déjà passé : il est le {now} au guichet (une date seule vaut midi à Paris).")
FURTHEST = timedelta(days=366 * 20)


class Writing(Protocol):
    """What the catalogue knows of an act's contents."""

    def least(self, dossier: Dossier, act: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The contents that `data` leaves out, with no field that their form does not require."""

    def finished(self, dossier: Dossier, command: Command, at: Instant) -> Command:
        """The command, its contents held to their form and completed by the rules. Raises Misdescribed, Refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A dossier as it was read at `now`: its journal, of which the first `written` entries are written."""

    plan: Plan
    entries: Sequence[Recorded]
    written: int
    now: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What becomes of a dossier by `until` if these acts are done, in the order of their instants; asked by `by`.

    An agent may imagine the acts of everybody; others, those of their own kind.
    """

    until: Instant
    then: tuple[ActDescription, ...] = ()
    by: ActorKind = "agent"


def fork(live: Live, question: Question, writing: Writing) -> Story:
    """The whole story, known then imagined. A refused act is told and changes nothing.

    Raises Misdescribed, naming the field, for an act that does not exist or a date that cannot be.
    """
    refuse_impossible(question, live.now)
    teller = Teller(Dossier(plan=live.plan))
    for entry in live.entries:
        basis: Basis = "journal" if entry.seq <= live.written else "settled"
        teller.note((entry.event,), basis=basis, who=entry.by)
    for rank, said in sorted(enumerate(question.then), key=lambda each: each[1].at):
        try:
            _imagine(teller, said, question.by, writing)
        except Misdescribed as bad:
            raise bad.within("then", rank) from bad
    teller.wait(question.until)
    return teller.story()


def refuse_impossible(question: Question, now: Instant) -> None:
    """Raises Misdescribed when a date is past, out of order or too far, or an act is unknown or not the asker's."""
    refuse_date(question.until, now, "until")
    if len(question.then) > MOST_ACTS:
        raise Misdescribed(
            ("then",), Sentence("{most} actes au plus ; il y en a {count}.", most=MOST_ACTS, count=len(question.then))
        )
    for rank, said in enumerate(question.then):
        try:
            _refuse_act(said, question, now)
        except Misdescribed as bad:
            raise bad.within("then", rank) from bad


def refuse_date(at: Instant, now: Instant, name: str) -> None:
    """Raises Misdescribed for an instant that is past, or more than twenty years away."""
    if at < now:
        raise Misdescribed((name,), Sentence(PAST, at=instant_in_words(at), now=instant_in_words(now)))
    if at > now + FURTHEST:
        raise Misdescribed((name,), Sentence("le {at} est à plus de vingt ans.", at=instant_in_words(at)))


def _refuse_act(said: ActDescription, question: Question, now: Instant) -> None:
    if said.at < now:
        raise Misdescribed(("at",), Sentence(PAST, at=instant_in_words(said.at), now=instant_in_words(now)))
    if said.at > question.until:
        after = Sentence("le {at} vient après la fin du récit (until).", at=instant_in_words(said.at))
        raise Misdescribed(("at",), after)
    refuse_unknown(said.act, said.data)
    if question.by != "agent" and question.by not in WHO[said.act]:
        yours = ", ".join(sorted(act for act, who in WHO.items() if question.by in who))
        text = N_("« {act} » n'est pas un acte de votre part ; les vôtres sont : {yours}.")
        raise Misdescribed(("act",), Sentence(text, act=Verbatim(said.act), yours=Verbatim(yours)))


def _imagine(teller: Teller, said: ActDescription, by: ActorKind, writing: Writing) -> None:
    teller.settle(said.at)
    dossier = teller.dossier
    added = least(dossier, said.act, said.data, by, said.at)
    added |= writing.least(dossier, said.act, {**said.data, **added})
    command, minimal = command_of(said.act, {**said.data, **added}), in_words(added)
    try:
        if by != "agent":
            refuse_unless_may(Actor(kind=by), command)
        decide(dossier, command, said.at)
        command = writing.finished(dossier, command, said.at)
    except Refused as refused:
        teller.refuse(said.act, refused, said.at, minimal)
        return
    teller.apply(command, said.at, minimal)
