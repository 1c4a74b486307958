"""What follows an event outside the register: letters, e-mails, notices, webhooks, and who must be reminded when.

Each is declared where it is called for, by its event or its step: here they are gathered.
"""

from collections.abc import Iterator, Mapping

from domain.dossier import Dossier
from domain.effect import Effect, Reminder, Reminding
from domain.event import Event
from domain.events import KINDS
from domain.open_data import publishes
from domain.plan import Plan
from domain.request_events import Filed
from domain.sentence import Sentence
from domain.silence import LAST_USEFUL_DAY, reminded_of_silence
from domain.states import NoticeOf
from domain.step import steps_of
from domain.step_kinds import STEPS
from domain.steps.notice_events import NOTICES, deemed_after

WEBHOOK, PUBLISHED = Effect(kind="webhook"), Effect(kind="open_data:granted")
LODGED, CONCLUDED = Effect(kind="appeal:lodged"), Effect(kind="appeal:concluded")
REMINDERS: Mapping[str, Reminding] = {
    each.kind: each for each in (LAST_USEFUL_DAY, *(one for step in STEPS.values() for one in step.reminders))
}
"""Every reminder, by its kind: the steps declare them."""
EFFECTS: Mapping[str, Effect] = {
    **{effect.kind: effect for event in KINDS.values() for effect in event.follows},
    **REMINDERS,
}
"""Everything that may follow an event, or be reminded of, with its words, by its kind."""


def effects_of(after: Dossier, event: Event) -> tuple[Effect, ...]:
    """The effects of `event`, in the order to do them; `after` is the dossier once it happened.

    Every event is a move that subscribed systems are told of.
    """
    public = (PUBLISHED,) if publishes(after, event) else ()
    return (*event.following(after), *_of_appeal(after, event), *public, WEBHOOK)


def _of_appeal(after: Dossier, event: Event) -> tuple[Effect, ...]:
    """What the dossier attacked must know of the one that attacks it."""
    if after.plan.contests is None:
        return ()
    if isinstance(event, Filed):
        return (LODGED,)
    return (CONCLUDED,) if event.concludes else ()


def notified_by(event: Event) -> NoticeOf | None:
    """What a notice brings of that event; None when none follows it."""
    brought = {effect.what for effect in event.follows if effect.verb == "notice"}
    return next((of for of in NOTICES if of in brought), None)


def reminders(dossier: Dossier) -> tuple[Reminder, ...]:
    """Who must be reminded of what, and when, as things stand; earliest first."""
    if dossier.closed or dossier.filed is None:
        return ()
    return tuple(sorted(_reminders(dossier), key=lambda reminder: (reminder.at, reminder.kind)))


def _reminders(dossier: Dossier) -> Iterator[Reminder]:
    for step in steps_of(dossier.plan):
        yield from (one for one in step.reminded(dossier) if step.outlives_answer or dossier.expects(one.seq))
    yield from reminded_of_silence(dossier)


def stands(dossier: Dossier, kind: str, seq: int) -> bool:
    """Whether the effect `kind` of entry `seq` still makes sense as things stand now.

    Checked before each external call: a reminder that was answered, a notice of a decision that an acceptance
    overtook, a letter of a silence that was voided are superseded.
    """
    if kind in REMINDERS:
        return any(r.kind == kind and r.seq == seq for r in reminders(dossier))
    return kind not in EFFECTS or EFFECTS[kind].stands(dossier, seq)


def filled(effect: Effect, plan: Plan) -> Sentence:
    """What an effect says, with the delays that it names: of the reminder itself, and of a notice left unread."""
    before = effect.before if isinstance(effect, Reminding) else None
    delay = before.in_words() if before is not None else ""
    return Sentence(effect.text, delay=delay, deemed_after=deemed_after(plan).in_words())
