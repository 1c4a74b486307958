"""Each kind of question, drawn from its schema and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalogue.formats import is_birth
from catalogue.forms import FieldError
from catalogue.schemas import DEEPEST, Schema, resolved
from domain.worded import N_, Translate
from web.forms.asked import asked
from web.forms.attributes import LONG_TEXT, attributes_of, autocomplete, width_of
from web.forms.communes import Communes
from web.forms.dates import parts_of
from web.forms.hints import hints
from web.forms.kinds import Choice, Kind, choices_of, kind_of
from web.forms.leaves import CHOICE, CONFIRMED, DAY, MONTH, YEAR
from web.forms.reading import UNLIKELY
from web.forms.shown import Option, Part, Shown, id_of
from web.forms.told import message
from web.forms.written import written

RADIOS_AT_MOST = 7
NUMBERED = N_("{title}, n° {number}")
NOT_YET = N_("Pas encore calculé.")
NO_ANSWER = N_("Ne pas répondre")
MAINTAINED = N_("Oui, cette date est exacte.")
DAY_LABEL, MONTH_LABEL, YEAR_LABEL = N_("Jour"), N_("Mois"), N_("Année")


class Drawing:
    """Draws the questions of one page; `opened` gathers the names of those that an answer opened."""

    def __init__(
        self,
        *,
        root: Schema,
        translate: Translate,
        communes: Communes,
        errors: Mapping[str, FieldError],
        typed: Mapping[str, str],
        documents: Mapping[str, str],
        own: bool,
    ) -> None:
        self.opened: list[str] = []
        self._root = root
        self._say = translate
        self._communes = communes
        self._errors = errors
        self._typed = typed
        self._documents = documents
        # Who types for somebody else must not be offered their own name and address (WCAG 1.3.5 speaks of the user).
        self._never: dict[str, str] = {} if own else {"autocomplete": "off"}

    def group(self, schema: Schema, data: Any, name: str) -> tuple[Shown, ...]:
        """The questions that a group asks, its answers being `data`."""
        if name.count(".") > DEEPEST:
            return ()
        now = asked(schema, data, self._root)
        given = data if isinstance(data, Mapping) else {}
        drawn = []
        for key, field in now.fields.items():
            inner = f"{name}.{key}" if name else key
            if key in now.opened:
                self.opened.append(inner)
            drawn.append(self._question(field, given.get(key), inner, required=key in now.required))
        return tuple(drawn)

    def _question(self, field: Schema, value: Any, name: str, *, required: bool) -> Shown:
        kind = kind_of(field, self._root)
        title = str(field.get("title", ""))
        error = self._errors.get(name)
        base = Shown(
            kind="text",
            name=name,
            label=self._say(title) if title else "",
            optional=not required and kind != "computed",
            hints=hints(kind, field, self._say, required=required),
            error=message(error, kind, field, self._say) if error is not None else "",
        )
        return self._of_kind(kind, base, field, value)

    def _of_kind(self, kind: Kind, base: Shown, field: Schema, value: Any) -> Shown:
        match kind:
            case "group":
                return replace(base, kind="group", fields=self.group(field, value, base.name))
            case "blocks":
                return self._blocks(base, field, value)
            case "checkboxes":
                return self._checkboxes(base, field, value)
            case "consent":
                return self._consent(base, field, value)
            case "choice" | "document":
                return self._choice(base, kind, field, value)
            case "date":
                return self._date(base, value)
            case "commune":
                return self._commune(base, field, value)
            case "computed":
                return self._computed(base, field, value)
            case "lines":
                lines = "\n".join(map(str, value)) if isinstance(value, list) else ""
                return replace(base, kind="textarea", value=lines)
            case _:
                return self._text(base, field, value)

    def _text(self, base: Shown, field: Schema, value: Any) -> Shown:
        text = self._typed.get(base.name, written(field, value))
        if "format" not in field and field.get("type") != "integer" and field.get("maxLength", 0) >= LONG_TEXT:
            return replace(base, kind="textarea", value=text)
        unit = "€" if field.get("format") == "money" else ""
        attributes = attributes_of(base.name, field) | self._never
        return replace(base, value=text, unit=unit, width=width_of(field), attributes=attributes)

    def _computed(self, base: Shown, field: Schema, value: Any) -> Shown:
        text = written(field, value) if value is not None else self._say(NOT_YET)
        return replace(
            base, kind="computed", value=text, unit="€" if field.get("format") == "money" and value is not None else ""
        )

    def _choice(self, base: Shown, kind: Kind, field: Schema, value: Any) -> Shown:
        known = choices_of(field) if kind == "choice" else self._files(value)
        if kind == "document" or len(known) > RADIOS_AT_MOST:
            return replace(base, kind="select", options=self._options(base.name, known, [value]))
        if base.optional and value is not None:
            known = (*known, Choice("", NO_ANSWER))
        return replace(base, kind="radios", options=self._options(base.name, known, [value]))

    def _files(self, value: Any) -> tuple[Choice, ...]:
        known = dict(self._documents) | ({value: value} if value is not None and value not in self._documents else {})
        return tuple(Choice(each, title) for each, title in known.items())

    def _options(self, name: str, known: tuple[Choice, ...], chosen: list[Any]) -> tuple[Option, ...]:
        return tuple(
            Option(
                id=f"{id_of(name)}-{number}",
                value=each.posted,
                label=self._say(each.title) if each.title else each.posted,
                chosen=any(type(each.value) is type(one) and each.value == one for one in chosen),
            )
            for number, each in enumerate(known, 1)
        )

    def _checkboxes(self, base: Shown, field: Schema, value: Any) -> Shown:
        known = choices_of(resolved(field["items"], self._root))
        chosen = value if isinstance(value, list) else []
        return replace(base, kind="checkboxes", options=self._options(base.name, known, chosen))

    def _consent(self, base: Shown, field: Schema, value: Any) -> Shown:
        chosen = value is not None and value == field["const"]
        option = Option(id=base.id, value=Choice(field["const"], "").posted, label=base.label, chosen=chosen)
        return replace(base, kind="consent", options=(option,))

    def _date(self, base: Shown, value: Any) -> Shown:
        kept = parts_of(value) if isinstance(value, str) and is_birth(value) else ("", "", "")
        birth = autocomplete(base.name) == "bday"
        labels = ((DAY, DAY_LABEL, "day", 2), (MONTH, MONTH_LABEL, "month", 2), (YEAR, YEAR_LABEL, "year", 4))
        parts = tuple(
            Part(
                id=f"{base.id}{suffix}",
                name=f"{base.name}{suffix}",
                label=self._say(label),
                value=self._typed.get(f"{base.name}{suffix}", said),
                width=width,
                attributes={"inputmode": "numeric"} | ({"autocomplete": f"bday-{unit}"} if birth else {}) | self._never,
            )
            for (suffix, label, unit, width), said in zip(labels, kept, strict=True)
        )
        return replace(base, kind="date", parts=parts, confirm=self._doubt(base, value))

    def _doubt(self, base: Shown, value: Any) -> Option | None:
        """The box by which the person maintains a day that seldom is."""
        error = self._errors.get(base.name)
        if error is None or error.code != UNLIKELY:
            return None
        return Option(id=f"{base.id}{CONFIRMED}", value=str(value), label=self._say(MAINTAINED), chosen=False)

    def _commune(self, base: Shown, field: Schema, value: Any) -> Shown:
        typed = self._typed.get(base.name)
        text = typed if typed is not None else self._communes.name(value) if isinstance(value, str) else ""
        meant = self._communes.candidates(typed, elsewhere=field["format"] == "commune") if typed else ()
        known = tuple(Choice(each.insee, each.label) for each in meant)
        options = self._options(f"{base.name}{CHOICE}", known, [])
        return replace(
            base, kind="commune", value=text, options=options, attributes=attributes_of(base.name, field) | self._never
        )

    def _blocks(self, base: Shown, field: Schema, value: Any) -> Shown:
        items = resolved(field["items"], self._root)
        least = 0 if base.optional else int(field.get("minItems", 0))
        given = [*value] if isinstance(value, list) else []
        blocks = given + [{}] * (least - len(given))
        title = str(items.get("title", field.get("title", "")))
        drawn = tuple(
            Shown(
                kind="group",
                name=f"{base.name}.{number}",
                label=self._say(NUMBERED).format(title=self._say(title), number=number + 1),
                fields=self.group(items, each, f"{base.name}.{number}"),
                remove=len(blocks) > least,
            )
            for number, each in enumerate(blocks)
        )
        return replace(base, kind="blocks", fields=drawn, add=len(blocks) < field.get("maxItems", len(blocks) + 1))
