"""An association's number in the national register: W and nine digits, the second sometimes a letter overseas."""

import re

from catalogue.formats.digits import CAPITALS, compact, copied
from catalogue.formats.format import Format
from domain.sentence import N_

# The third sign is a letter overseas (W9R…): seen in the register, its rule not read (confidence U).
NUMBER = re.compile(r"\AW[0-9][0-9A-Z][0-9]{7}\Z")

RNA = Format(
    name="rna",
    valid=lambda text: NUMBER.match(text) is not None,
    help=N_("Ce numéro RNA n'est pas valide : il commence par W, suivi de 9 chiffres, par exemple W291000001."),
    example="W291000001",
    read=copied(r"(?i)\A[^0-9]*(?=W[0-9])"),
    write=compact,
    input=CAPITALS,
    width=10,
)
