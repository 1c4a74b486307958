"""Nobody is signed in any more where somebody must be: where to sign in, and what became of what was being sent."""


class SignInFirst(Exception):
    """Nobody is signed in: the page to sign in at, the one to come back to, and where the space begins."""

    def __init__(self, audience: str, *, sign_in: str, back: str, home: str) -> None:
        super().__init__(audience)
        self.audience, self.sign_in, self.back, self.home = audience, sign_in, back, home


class FileReceivedLate(Exception):
    """A file came just after its session had ended: it is kept, or `why` says what was wrong with it; sign in first."""

    def __init__(self, over: SignInFirst, why: Exception | None = None) -> None:
        super().__init__(over.audience)
        self.over, self.why = over, why
