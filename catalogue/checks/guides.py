"""`guide.md`: what a citizen reads before beginning; and, in any file, what its author has left for later."""

from collections.abc import Iterator
from pathlib import Path

from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from domain.sentence import N_

PARTS = (
    "Pour qui",
    "Ce qu'il faut avoir",
    "Combien de temps",
    "Si vous n'avez pas de réponse",
    "Ce qui se passe ensuite",
    "Sur papier ou par téléphone",
    "Si vous n'êtes pas d'accord",
)
LATER = "à écrire"
LATER_RIGHT = N_("votre texte, sans cette mention")
WRITTEN = (".toml", ".md", ".json", ".py")


def guide(subject: Subject) -> Iterator[Fault]:
    """Each part is there."""
    file = subject.folder / "guide.md"
    name = f"{subject.slug}/guide.md"
    if not file.exists():
        yield Fault(name, 1, "", N_("le guide manque : une personne doit savoir à quoi s'attendre."), f"## {PARTS[0]}")
        return
    lines = file.read_text(encoding="utf-8").splitlines()
    titles = {line.removeprefix("## ").strip() for line in lines if line.startswith("## ")}
    for part in (part for part in PARTS if part not in titles):
        yield Fault(name, 1, part, N_("cette partie manque."), f"## {part}")


def unwritten(subject: Subject) -> Iterator[Fault]:
    """What still says « à écrire », as the template does."""
    for folder, shown in ((subject.folder, subject.slug), (subject.forms, f"forms_schemas/{subject.slug}")):
        for file in sorted(path for path in folder.rglob("*") if path.suffix in WRITTEN):
            name = f"{shown}/{file.relative_to(folder).as_posix()}"
            yield from (Fault(name, line, "", N_("ce passage reste à écrire."), LATER_RIGHT) for line in _later(file))


def _later(file: Path) -> Iterator[int]:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return (index + 1 for index, line in enumerate(lines) if LATER in line.lower())
