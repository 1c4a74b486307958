"""The id of a document of the draft; that it exists is checked when filing."""

import re

from catalogue.formats.format import Format
from domain.sentence import N_

ID = re.compile(r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")

DOCUMENT = Format(
    name="document", valid=lambda text: ID.match(text) is not None, help=N_("Ce document n'est pas connu.")
)
