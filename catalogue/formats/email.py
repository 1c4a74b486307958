"""An address that could receive mail; nothing is asked of the network."""

from email_validator import EmailNotValidError, validate_email

from catalogue.formats.digits import BLANKS
from catalogue.formats.format import Format
from domain.sentence import N_


def _valid(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


EMAIL = Format(
    name="email",
    valid=_valid,
    help=N_("Cette adresse électronique n'est pas valide."),
    read=lambda typed: BLANKS.sub("", typed),
    input={"type": "email", "spellcheck": "false", "autocapitalize": "none"},
    width=30,
)
