"""What is wrong with a published file, said so that its author can mend it."""

from dataclasses import dataclass
from datetime import date

from domain.sentence import Sentence, Verbatim


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in one file: where (`line` is 0 when unknown), what, why, and an example that is right.

    `story`: the shortest one that leads to it, dated acts and what the law makes of them, a line each.
    """

    file: str
    line: int
    where: str
    what: str
    example: str = ""
    story: tuple[str, ...] = ()

    @property
    def sentence(self) -> Sentence:
        """The whole fault, as an author reads it."""
        file, about = Verbatim(self.file), Verbatim(f" (« {self.where} »)" if self.where else "")
        place = Sentence("{file}, ligne {line}", file=file, line=self.line) if self.line else file
        example = Sentence(" Par exemple : {example}", example=self.example) if self.example else ""
        return Sentence("{place}{about} : {what}{example}", place=place, about=about, what=self.what, example=example)


def meant(close: str) -> Sentence:
    """What to ask about a word that is nearly one that is known."""
    return Sentence("Vouliez-vous écrire « {word} » ?", word=Verbatim(close))


class CatalogueError(Exception):
    """A procedure cannot be read; `faults` says everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(fault.sentence for fault in faults))
        self.faults = faults


class UnknownProcedure(LookupError):
    """No procedure of that name is published. `known` lists those that are."""

    def __init__(self, slug: str, known: tuple[str, ...]) -> None:
        names = ", ".join(known) or "aucune"
        super().__init__(f"La démarche « {slug} » n'est pas au catalogue. Démarches publiées : {names}.")
        self.slug = slug
        self.known = known


class NotInForce(UnknownProcedure):
    """The procedure's first version begins later: nobody files it yet."""

    def __init__(self, slug: str, since: date) -> None:
        super().__init__(slug, ())
        self.since = since

    def __str__(self) -> str:
        return f"La démarche « {self.slug} » n'est pas encore ouverte : elle l'est à compter du {self.since:%d/%m/%Y}."


class UnknownVersion(LookupError):
    """No such version was published."""

    def __init__(self, slug: str, number: int, known: tuple[int, ...]) -> None:
        said = ", ".join(map(str, known)) or "aucune"
        super().__init__(f"La démarche « {slug} » n'a pas de version {number} publiée. Versions publiées : {said}.")
