"""An IBAN, of any country, with its key."""

import re

from stdnum import iban as number_of

from catalogue.formats.digits import CAPITALS, compact, copied, in_ascii
from catalogue.formats.format import Format
from domain.sentence import N_


def _in_fours(text: str) -> str:
    return " ".join(re.findall(r".{1,4}", compact(text)))


IBAN = Format(
    name="iban",
    valid=in_ascii(number_of.is_valid),
    help=N_("Cet IBAN n'est pas valide : recopiez-le depuis votre relevé d'identité bancaire."),
    read=copied(r"(?i)\A(n[°o]\s*)?iban\b[\s:.]*"),
    write=_in_fours,
    input=CAPITALS,
    width=30,
)
