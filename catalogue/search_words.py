"""`search.toml`: the words by which people look for a procedure, and that its guide does not say."""

from functools import lru_cache

from catalogue.languages import FRENCH, Code
from catalogue.loader import PROCEDURES
from catalogue.toml_files import Strict, read_toml

FILE = "search.toml"


class SearchWords(Strict):
    """In each language, words separated by blanks; they are shown to nobody."""

    fr: str = ""
    br: str = ""
    en: str = ""

    def said(self, code: Code) -> str:
        """Those of a language, with the French ones: somebody who reads Breton may know the French word."""
        return self.fr if code == FRENCH else f"{self.fr} {getattr(self, code)}"


@lru_cache(maxsize=64)
def search_words(procedure: str) -> SearchWords:
    """Those of a procedure; none when it has no file. Raises CatalogueError."""
    file = PROCEDURES / procedure / FILE
    return read_toml(file, SearchWords) if file.exists() else SearchWords()
