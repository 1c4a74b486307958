"""`guide.md`: what a citizen reads before beginning."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.checks.subject import Subject
from catalogue.errors import Fault

PARTS = (
    "Pour qui",
    "Ce qu'il faut avoir",
    "Combien de temps",
    "Si vous n'avez pas de réponse",
    "Ce qui se passe ensuite",
    "Sur papier ou par téléphone",
    "Si vous n'êtes pas d'accord",
)
TO_WRITE = "à écrire"


def guide(subject: Subject) -> Iterator[Fault]:
    """Each part is there, and written."""
    file = subject.folder / "guide.md"
    name = f"{subject.slug}/guide.md"
    if not file.exists():
        yield Fault(name, 0, "", "le guide manque : une personne doit savoir à quoi s'attendre.", f"## {PARTS[0]}")
        return
    lines = file.read_text(encoding="utf-8").splitlines()
    titles = {line.removeprefix("## ").strip() for line in lines if line.startswith("## ")}
    for part in (part for part in PARTS if part not in titles):
        yield Fault(name, 0, part, "cette partie manque.", f"## {part}")
    for index, line in enumerate(lines):
        if TO_WRITE in line.lower():
            yield Fault(name, index + 1, "", "ce passage reste à écrire.", "des phrases courtes, sans jargon")
