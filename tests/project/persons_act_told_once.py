"""What the product makes of an act of the person that it does not have, once one line registers it. Run alone."""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from domain import index

index.MODULES += ("tests.project.a_persons_act",)  # the one line

# Everything that reads the list comes after it.
from fastapi.routing import APIRoute  # noqa: E402
from starlette.datastructures import FormData  # noqa: E402
from starlette.requests import Request  # noqa: E402

from api.act_bodies import body_of, command_of  # noqa: E402
from api.shown.dossier import DossierOut, shown_dossier  # noqa: E402
from api.shown.journal import shown_explanation, shown_journal  # noqa: E402
from domain.commands import COMMANDS  # noqa: E402
from domain.derivation import Recorded  # noqa: E402
from domain.effects import effects_of  # noqa: E402
from domain.futures.simulation import Planned, tell  # noqa: E402
from storage.register.reading import Seen  # noqa: E402
from tests.api.test_acts_in_openapi import document_of_acts  # noqa: E402
from tests.domain.futures.test_fork import forked  # noqa: E402
from tests.domain.telling import Telling, plan, when  # noqa: E402
from web.residents.acts import PAGES  # noqa: E402
from web.residents.acts import router as pages  # noqa: E402
from web.residents.dossier_view import DossierView  # noqa: E402
from web.residents.status_words import next_words  # noqa: E402
from web.residents.why import Why  # noqa: E402
from web.site.page import Here  # noqa: E402
from web.site.rendering import rendered  # noqa: E402
from workers.words import for_agents  # noqa: E402

NAME, AT = "ask_for_time", when("2026-12-02")
PAGE = PAGES[NAME]


def here() -> Here:
    """A page of somebody who is not signed in: no form of theirs is bound to a session."""
    counter = SimpleNamespace(settings=SimpleNamespace(mode="production", tls=True))
    scope = {"type": "http", "method": "GET", "path": "/fr/dossiers/x", "query_string": b"", "headers": []}
    return Here(Request({**scope, "app": SimpleNamespace(state=SimpleNamespace(services=counter))}), "fr")


def opened(telling: Telling) -> DossierView:
    """The request as its pages know it."""
    header = SimpleNamespace(id=UUID(int=1), reference="2026-000001", version=2, organisation=None, taken_over_at=None)
    entries = tuple(
        Recorded(seq=seq, event=event, recorded_at=event.effective, actor="Anne")
        for seq, event in enumerate(telling.events, start=1)
    )
    nothing = cast("Any", None)
    seen = Seen(
        header=cast("Any", header), key=nothing, dossier=telling.dossier, at=AT, answers=nothing, entries=entries
    )
    lines = shown_explanation(seen.entries, seen.dossier, "resident")
    shown = DossierOut(**shown_dossier(seen, "resident"))
    return DossierView(seen=seen, shown=shown, why=Why.of("/pourquoi", lines), waits=(), base="/fr/dossiers/x")


def posted(**typed: str) -> dict[str, Any]:
    """What a form sent makes of it."""
    body = PAGE.read(FormData(typed))
    return {"body": body, "wrong": PAGE.wrong(body)}


def at_doors() -> dict[str, object]:
    """Its routes, its body, its pages' addresses."""
    document = document_of_acts()
    (body,) = (each for name, each in document["components"]["schemas"].items() if name == "AskForTimeIn")
    return {
        "doors": sorted(path for path in document["paths"] if path.endswith(f"/{NAME}")),
        "body": sorted(body["properties"]),
        "required": body["required"],
        "pages": sorted(
            f"{method} {each.path}"
            for each in pages.routes
            if isinstance(each, APIRoute) and each.path.endswith(NAME)
            for method in each.methods or ()
        ),
    }


def on_pages(filed: Telling) -> dict[str, object]:
    """Its page, and the request's own, which leads there."""
    one, nothing = opened(filed), list[Any]()
    plan_too = {"stands": "", "next_words": next_words, "plan": filed.dossier.plan, "offered": [PAGE]}
    shown = {"letters": nothing, "messages": nothing, "writings": nothing, "written": None, "provisional": None}
    return {
        "offered": [each.path for each in PAGES.values() if each.link and each.possible(one)],
        "linked": rendered(here(), "residents/dossier.html", one=one, **shown, **plan_too),
        "page": rendered(here(), PAGE.template, act=PAGE, one=one, body={}, wrong={}),
        "refused": rendered(here(), PAGE.template, act=PAGE, one=one, **posted(need="months")),
        "empty": posted(need="months", text=" "),
        "typed": posted(need="months", text="Je suis malade."),
    }


def in_time(filed: Telling) -> dict[str, object]:
    """What is told of it, imagined or done."""
    sent = body_of(COMMANDS[NAME], agents=False).model_validate({"text": "Je suis malade."})
    command = command_of(COMMANDS[NAME], sent)
    told = tell(filed.dossier.plan, [Planned(at=AT, command=command)], start=filed.dossier)
    imagined = forked(filed, "2026-12-03", ("2026-12-02", NAME, {}), by="resident")
    done = opened(filed.do(command, "2026-12-02"))
    entries, dossier = done.seen.entries, done.dossier
    effects = effects_of(dossier, entries[-1].event)
    return {
        "simulate": [[line.who, line.sentence] for line in told.lines if line.kind == "time_asked"],
        "fork": [[line.who, line.sentence] for line in imagined.lines if line.kind == "time_asked"],
        "explained": [each.sentence for each in shown_explanation(entries, dossier, "resident")],
        "journal": [
            [each.sentence, [(text.label, text.text) for text in each.written]]
            for each in shown_journal(entries, dossier, "agent")
            if each.kind == "time_asked"
        ],
        "told": [str(for_agents(each.kind, dossier.plan, "1", "https://x")) for each in effects if each.verb == "tell"],
    }


if __name__ == "__main__":
    request = Telling(plan()).file("2026-11-24")
    json.dump({**at_doors(), **on_pages(request), **in_time(request)}, sys.stdout)
