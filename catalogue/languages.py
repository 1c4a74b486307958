"""The languages of pages and e-mails: French, in which all is written; Breton and English, as gettext catalogues.

A message's identifier is its French sentence, so that templates and forms read as what people see. Catalogues are
`.po` files that people can read and proofread; they are compiled in memory, once for each process.
"""

import gettext
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency

from catalogue.departement import ROOT
from domain.amounts import Euros
from domain.calendar import PARIS, civil
from domain.days_in_words import DayInWords, EndOfDayInWords, InstantInWords, day_in_words, instant_in_words
from domain.sentence import Counted, Listed, Sentence, Verbatim

Lift = Callable[[str], str]
"""Text as it is wanted: itself, or HTML (`markupsafe.escape`)."""
Code = Literal["fr", "br", "en"]
CODES: tuple[Code, ...] = get_args(Code)
FRENCH: Code = "fr"
NAMES: dict[Code, str] = {"fr": "Français", "br": "Brezhoneg", "en": "English"}
CATALOGUES = ROOT / "web" / "translations"
DOMAINS = ("pages", "forms")
"""`pages`: what templates and routes say; `forms`: the words of forms, pieces and procedures."""


Day = date
"""`Words` has a method of that name."""


@dataclass(frozen=True, slots=False)
class Words:
    """How one language says things."""

    code: Code

    @cached_property
    def locale(self) -> Locale:
        """CLDR's data for this language."""
        return Locale.parse(self.code)

    @cached_property
    def translations(self) -> gettext.NullTranslations:
        """The catalogues of this language; French needs none."""
        if self.code == FRENCH:
            return gettext.NullTranslations()
        first, *others = self._catalogues
        for other in (*others, _Untranslated()):
            first.add_fallback(other)
        return first

    @cached_property
    def _catalogues(self) -> tuple[gettext.GNUTranslations, ...]:
        return tuple(_compiled(CATALOGUES / self.code / f"{domain}.po", self.code) for domain in DOMAINS)

    @property
    def proofread(self) -> bool:
        """Whether a named person signed each catalogue (`Last-Translator`); French needs nobody."""
        return self.code == FRENCH or all(each.info().get("last-translator", "") for each in self._catalogues)

    def gettext(self, text: str) -> str:
        """The sentence in this language; the French one where nobody translated it."""
        return self.translations.gettext(text) if text else ""

    def say(self, said: str, plain: Lift = str, french: Lift = str) -> str:
        """What is said in French (`domain/sentence.py`), in this language, and so is all that fills it in.

        `plain` makes text of what was translated, `french` of what was not: names, and what nobody translated.
        """
        if self.code == FRENCH or not said:
            return plain(said)
        match said:
            case EndOfDayInWords():
                return plain(self.end_of(said.day))
            case DayInWords():
                return plain(self.date(said.day))
            case InstantInWords():
                return plain(self.moment(said.instant))
            case Euros():
                return plain(self.euros(said.amount))
            case Listed():
                return plain(said.separator).join(self.say(each, plain, french) for each in said.parts)
            case Sentence() if not isinstance(pattern := self._pattern(said), _Unsaid):
                return plain(pattern).format(**self._places(said, plain, french))
            case Verbatim() | Sentence():
                return french(said)
            case _:
                return plain(self.gettext(said)) if self.knows(said) else french(said)

    def _pattern(self, said: Sentence) -> str:
        if isinstance(said, Counted):
            return self.ngettext(said.one, said.text, said.params["count"])
        return self.gettext(said.text)

    def _places(self, said: Sentence, plain: Lift, french: Lift) -> dict[str, Any]:
        return {
            name: self.say(value, plain, french) if isinstance(value, str) else value
            for name, value in said.params.items()
        }

    def euros(self, amount: str | Decimal) -> str:
        """An amount as this language writes it."""
        return str(format_currency(Decimal(amount), "EUR", locale=self.locale))

    def knows(self, text: str) -> bool:
        """Whether the sentence can be said in this language."""
        return not isinstance(self.gettext(text), _Unsaid)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The sentence for that many."""
        if self.code == FRENCH:
            # Zero is singular in French.
            return one if count < 2 else many
        return self.translations.ngettext(one, many, count)

    def date(self, day: date | datetime) -> str:
        """A civil day in Paris, in full: `26 novembre 2026`."""
        if self.code == FRENCH:
            return str(day_in_words(_civil(day)))
        return str(format_date(_civil(day), "d MMMM y", locale=self.locale))

    def moment(self, at: datetime, dated: Day | None = None) -> str:
        """A civil day and its hour in Paris: `26 novembre 2026 à 14 h 05`, `26 November 2026, 14:05`.

        What bears the date of the day that ends then is said at the end of that day.
        """
        if dated is not None and dated != civil(at):
            return self.end_of(dated)
        if self.code == FRENCH:
            return str(instant_in_words(at))
        return f"{self.date(at)}, {format_time(at.astimezone(PARIS), 'HH:mm', locale=self.locale)}"

    def end_of(self, day: Day) -> str:
        """The end of a civil day in Paris: `28 février 2027 à minuit`, `28 February 2027, 24:00`."""
        if self.code == FRENCH:
            return str(EndOfDayInWords(day))
        return f"{self.date(day)}, 24:00"


class _Unsaid(str):
    """What no catalogue translates."""

    __slots__ = ()


class _Untranslated(gettext.NullTranslations):
    """Where one looks last: what comes from here was found in no catalogue."""

    def gettext(self, message: str) -> str:
        return _Unsaid(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _Unsaid(super().ngettext(msgid1, msgid2, n))


def _civil(day: date | datetime) -> date:
    return civil(day) if isinstance(day, datetime) else day


def _compiled(file: Path, code: Code) -> gettext.GNUTranslations:
    with file.open("rb") as source:
        catalogue = read_po(source, locale=code, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=len(CODES))
def words(code: Code) -> Words:
    """The words of a language."""
    return Words(code)
