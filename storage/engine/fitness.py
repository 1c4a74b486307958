"""What production refuses to begin with, told by its settings alone."""

from storage.engine.settings import NoAddress, Served, Settings


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


def unserved(settings: Settings, role: Served) -> list[str]:
    """What keeps a process or a command from being `role`, in French: its address must be there, the owner's not."""
    try:
        settings.url_of(role)
    except NoAddress as error:
        return [str(error)]
    if settings.mode != "production" or not settings.database_url:
        return []
    said = (
        "DATABASE_URL est l'adresse de qui possède la base : « guichet migrate » est seul à la recevoir."
        f" Retirez-la d'ici, et donnez {role.upper()}_DATABASE_URL."
    )
    return [said]


def refuse_unfit(settings: Settings, role: Served) -> None:
    """Raises Unfit unless production serves as `role` with these settings."""
    if wrong := unfit(settings) + unserved(settings, role):
        raise Unfit("\n".join(wrong))
