"""Prints what the product says of a step that it did not have, once that step is named in `domain.index.MODULES`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from api.documents.letters import LetterOut
from api.shown.journal import shown_explanation, shown_journal
from domain.act_description import ActDescription
from domain.admissibility import acts_for
from domain.calendar import Delay, Instant
from domain.command import Command
from domain.derivation import Recorded
from domain.dossier import Dossier
from domain.effects import effects_of, reminders
from domain.explained.explanation import due_sentence
from domain.filing import File
from domain.futures.fork import Live, Question, fork
from domain.futures.simulation import Planned, tell
from domain.kernel import fold, next_due
from domain.serial import DOSSIER, EVENT, PLAN
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.notice import Notice
from domain.words import due_label
from storage.documents.letters import Letter
from tests.domain.telling import DOCUMENT, plan, when
from tests.project.a_step_told_once import OnTheSpot, Visit
from workers.words import for_agents, for_the_person


class Nothing:
    """No contents to write."""

    def least(self, dossier: Dossier, act: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        del dossier, act, data
        return {}

    def finished(self, dossier: Dossier, command: Command, at: Instant) -> Command:
        del dossier, at
        return command


PLANNED = plan(steps=(Completeness(), OnTheSpot(within=Delay(days=20)), Decision(), Notice()))
FILED = File(form={}, pieces={"certificat": (DOCUMENT,)})
told = tell(PLANNED, [Planned(at=when("2026-11-30"), command=FILED)], until=when("2026-12-31"))
entries = [Recorded(seq=n, event=one, recorded_at=one.effective) for n, one in enumerate(told.events, start=1)]
before = fold(PLANNED, told.events[:-1])
visited = told.events[-1]
live = Live(plan=PLANNED, entries=entries[:-1], written=len(entries) - 1, now=when("2026-12-01"))
forked = fork(live, Question(until=when("2026-12-31")), Nothing())
planned = tell(
    PLANNED,
    [Planned(at=when("2026-11-30"), command=FILED), Planned(at=when("2026-12-02"), command=Visit(place="au bureau"))],
)
imagined = Question(
    until=when("2026-12-31"), then=(ActDescription(at=when("2026-12-03"), act="visit", data={"place": "à l'école"}),)
)
asked = fork(live, imagined, Nothing())
admitted = [one.act for one in acts_for(before, "agent", when("2026-12-02")) if one.admitted]
letter = Letter(
    id=DOCUMENT, dossier=DOCUMENT, seq=4, kind="letter:visit", object_key="", locked=False, size=1, template=b"",
    made_at=when("2026-12-21"),
)  # fmt: skip
due = next_due(before)
mail = for_the_person("email:visit", PLANNED, "2026-000001", "https://guichet.example")
word = for_agents("tell:visit", PLANNED, "2026-000001", "https://guichet.example")
sys.stdout.write(
    json.dumps(
        {
            "simulate": [(one.kind, one.who, one.sentence) for one in told.lines],
            "fork": [(one.kind, one.who, one.sentence) for one in forked.lines],
            "planned": [(one.kind, one.who, one.sentence) for one in planned.lines],
            "asked": [(one.kind, one.who, one.sentence) for one in asked.lines],
            "admitted": admitted,
            "journal": [one.sentence for one in shown_journal(entries, told.dossier, "resident")],
            "explanation": [one.sentence for one in shown_explanation(entries[:-1], before, "agent")],
            "effects": [(one.kind, one.step) for one in effects_of(told.dossier, visited)],
            "reminders": [(one.kind, one.at.isoformat()) for one in reminders(before)],
            "due": due_sentence(due) if due is not None else "",
            "letter": LetterOut.of(letter, told.dossier).title,
            "label": due_label("visit_deemed", "acceptance"),
            "mail": mail.text if mail is not None else "",
            "word": word.text if word is not None else "",
            "stored": EVENT.validate_json(EVENT.dump_json(visited)) == visited,
            "pinned": PLAN.validate_json(PLAN.dump_json(PLANNED)) == PLANNED,
            "state": DOSSIER.validate_json(DOSSIER.dump_json(told.dossier)) == told.dossier,
        }
    )
)
