"""Begins a procedure: two folders made from the template, which `check` then speaks about."""

import re
from pathlib import Path

from catalogue.loader import Catalogue

TEMPLATE = Path(__file__).with_name("template")
SLUG = re.compile(r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
PLACEHOLDER = "nouvelle-demarche"


class BadSlug(ValueError):
    """A procedure cannot bear that name."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"« {slug} » ne peut pas nommer une démarche : il sert d'adresse, en minuscules sans accent, mots séparés "
            "par des tirets, 60 caractères au plus. Par exemple : carte-mobilite-inclusion"
        )


class AlreadyThere(FileExistsError):
    """A folder of that name exists: nothing is written over."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} existe déjà : rien n'a été écrit. Choisissez un autre nom, ou complétez ce dossier."
        )
        self.folder = folder

    def __str__(self) -> str:
        return str(self.args[0])


def begin(slug: str, within: Catalogue) -> tuple[Path, Path]:
    """Make `procedures/<slug>/` and `forms_schemas/<slug>/`. Raises BadSlug, AlreadyThere."""
    if SLUG.match(slug) is None or len(slug) > 60:
        raise BadSlug(slug)
    folders = within.procedures / slug, within.forms / slug
    for folder in folders:
        if folder.exists():
            raise AlreadyThere(folder)
    for part, folder in zip(("procedure", "forms"), folders, strict=True):
        _copy(TEMPLATE / part, folder, slug)
    return folders


def _copy(source: Path, target: Path, slug: str) -> None:
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8").replace(PLACEHOLDER, slug), encoding="utf-8")
