"""What production refuses to begin with, told by its settings alone."""

from __future__ import annotations

from storage.settings import Settings


class Unfit(ValueError):
    """These settings do not serve in production; the message says what to change, one line each."""


def unfit(settings: Settings) -> list[str]:
    """What is wrong, in French, each with what to do; nothing outside production, nor where only this machine comes."""
    if settings.mode != "production" or settings.only_here:
        return []
    wrong = []
    if not settings.public_url.startswith("https://"):
        wrong.append("PUBLIC_URL doit commencer par https:// : sessions et codes passeraient en clair.")
    if not settings.smtp_url:
        wrong.append("SMTP_URL doit dire par où partent les courriels : des codes resteraient dans un dossier.")
    return wrong


def refuse_unfit(settings: Settings) -> None:
    """Raises Unfit."""
    if wrong := unfit(settings):
        raise Unfit("\n".join(wrong))
