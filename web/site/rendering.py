"""Pages: a template, the words of the reader's language, and what every page knows."""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, RedirectResponse, Response

from catalogue.departement import departement
from domain.citations import to_call, unmarked
from storage.accounts.sessions import IDLE
from web.site.compression import compressed
from web.site.confirmations import sentence_of
from web.site.languages import CODES, FRENCH, NAMES, Code, Words, words
from web.site.page import Here
from web.site.spaces import SPACES
from web.site.static_files import address

TEMPLATES = Path(__file__).parent.parent / "templates"

_markdown = MarkdownIt("commonmark").enable("table")


@lru_cache(maxsize=len(CODES))
def environment(code: Code) -> Environment:
    """The templates in one language."""
    said = words(code)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: unbroken(said.gettext(text)),
        lambda one, many, count: unbroken(said.ngettext(one, many, count)),
        newstyle=True,
    )
    shown: dict[str, Callable[..., Any]] = {
        "date": said.date,
        "date_in_french": words(FRENCH).date,
        "moment": lambda at, dated=None: unbroken(said.moment(at, dated)),
        "euros": said.euros,
        "markdown": markdown,
        "to_call": to_call,
        "unmarked": unmarked,
        "or_french": lambda sentence: or_french(said, sentence),
    }
    made.filters.update(shown)
    made.globals |= {
        "static": address,
        "french": "" if code == FRENCH else Markup(' lang="fr"'),
        "languages": NAMES,
        "departement": departement(),
        "said": sentence_of,
        "spaces": SPACES,
        "idle_minutes": lambda audience: int(IDLE[audience].total_seconds() // 60),
    }
    return made


def page(here: Here, template: str, *, status: int = 200, **context: Any) -> Response:
    """A page, compressed where the browser reads that. `template` is a path under `web/templates/`."""
    body = rendered(here, template, **context).encode()
    return compressed(here.request, HTMLResponse(body, status))


def rendered(here: Here, template: str, **context: Any) -> str:
    """The same, as text."""
    return environment(here.code).get_template(template).render(here=here, words=here.words, **context)


def redirect(to: str) -> RedirectResponse:
    """See other (303): what was sent is not sent twice."""
    return RedirectResponse(to, 303)


R = TypeVar("R", bound=Response)


def with_cookies(found: R, after: Response) -> R:
    """The answer with the cookies set on `after`."""
    for name, value in after.headers.items():
        if name == "set-cookie":
            found.headers.append(name, value)
    return found


def or_french(said: Words, sentence: str) -> str:
    """A sentence of the API or of the law in this language; in French, marked so, what nobody translated of it."""
    french = Markup('<span lang="fr">{}</span>')
    return said.say(sentence, lambda text: escape(unbroken(text)), lambda text: french.format(unbroken(text)))


_BREAKS = re.compile(r" (?=[?!:;»])|(?<=«) |(?<=\d) (?=h\b)|(?<=\d h) (?=\d)")


def unbroken(text: str) -> str:
    """Text whose signs and hours stay in one piece: « Est-ce pour moi ? » never leaves its mark alone, nor 14 h 05."""
    return _BREAKS.sub("\N{NO-BREAK SPACE}", text)


def markdown(text: str) -> Markup:
    """A guide's Markdown, without what could do harm."""
    return Markup(nh3.clean(_markdown.render(unbroken(text))))  # noqa: S704 (cleaned)
