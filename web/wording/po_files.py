"""The catalogues as files: refreshed from what is said, their header and every translation kept."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from web.wording.sentences import SourceSentence

WIDTH = 116


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a refresh changed in one file."""

    file: Path
    added: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


def catalogue_of(file: Path) -> Catalog:
    """A catalogue, read whole. Raises FileNotFoundError, PoFileError."""
    with file.open("rb") as source:
        return read_po(source, locale=file.parent.name, abort_invalid=True)


def refresh(file: Path, said: Iterable[SourceSentence]) -> Refreshed:
    """Write the file again: what is said, in order, with the translations that it had."""
    before, header = catalogue_of(file), _header(file)
    after = read_po(io.BytesIO(header.encode()), locale=file.parent.name)
    for one in said:
        known = before.get(one.text)
        same = known is not None and bool(known.pluralizable) == bool(one.plural)
        after.add(
            (one.text, one.plural) if one.plural else one.text,
            known.string if known is not None and same else None,
            locations=[(one.where, 0)],
            flags=known.flags if known is not None and same else (),
        )
    body = io.BytesIO()
    write_po(body, after, width=WIDTH, omit_header=True, include_lineno=False)
    file.write_text(f"{header}\n{body.getvalue().decode().rstrip()}\n", encoding="utf-8")
    old, new = _ids(before), _ids(after)
    return Refreshed(
        file=file,
        added=tuple(text for text in new if text not in old),
        removed=tuple(text for text in old if text not in new),
        kept=len(old.keys() & new.keys()),
    )


def _header(file: Path) -> str:
    """The first entry as people wrote it: who signs, and the plural forms."""
    return file.read_text(encoding="utf-8").partition("\n\n")[0].rstrip() + "\n"


def _ids(catalog: Catalog) -> dict[str, None]:
    return {one.id if isinstance(one.id, str) else one.id[0]: None for one in catalog if one.id}
