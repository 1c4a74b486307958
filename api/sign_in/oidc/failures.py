"""Why a sign-in by OpenID Connect did not come to its end; the pages say each in their own words."""

from typing import Literal
from uuid import UUID

Why = Literal["away", "lost", "declined", "not_proven", "unknown", "disabled", "wrong_code", "taken"]
"""`away`: the provider does not answer; `lost`: the way back is not one we opened; `declined`: the person, or the
provider, refused; `not_proven`: what the provider sent does not verify; `unknown`: no account of ours matches;
`disabled`: that account is closed; `wrong_code`: the second factor, or the code sent to the address, is not right;
`taken`: the address already serves another identity."""


class NotSignedIn(Exception):
    """The sign-in stops here. `detail` is for the log: never a token, never what identifies somebody."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why = why
        self.detail = detail


class Taken(NotSignedIn):
    """The proven address opens `account`, which is bound to another identity of the same provider.

    `is_theirs`: the account bears the name that the provider gives today, so that the person may bind it again.
    """

    def __init__(self, account: UUID, *, is_theirs: bool) -> None:
        super().__init__("taken")
        self.account = account
        self.is_theirs = is_theirs
