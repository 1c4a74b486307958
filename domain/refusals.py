"""A refusal says why, under which article, and what may be done instead."""

from domain.sentence import Listed, Verbatim


class Refused(Exception):
    """The law or the plan does not admit this act now.

    `code` is stable (the problem's type in the API); `reason` and `what_to_do` are French sentences; `article`
    names the text, or the rule of the plan, behind the refusal.
    """

    def __init__(self, code: str, reason: str, *, article: str = "", what_to_do: str = "") -> None:
        self.code = code
        self.reason = reason
        self.article = article
        self.what_to_do = what_to_do
        super().__init__(self.sentence)

    @property
    def sentence(self) -> Listed:
        """The whole refusal as a person reads it."""
        because = f" ({self.article})" if self.article else ""
        then = f" {self.what_to_do}" if self.what_to_do else ""
        said = (self.reason, Verbatim(f"({self.article}.)") if self.article else "", self.what_to_do)
        return Listed(filter(None, said), " ", french=f"{self.reason.rstrip('.')}{because}.{then}")


def not_now(reason: str, *, article: str = "", what_to_do: str = "") -> Refused:
    """The refusal of an act that the dossier's state does not admit."""
    return Refused("not_now", reason, article=article, what_to_do=what_to_do)
