"""Files sent by a page: streamed to the quarantine as the API does, after the proof that the page is ours."""

import hmac
import re
from collections.abc import Mapping
from uuid import UUID

from starlette.requests import Request

from api.documents.problems import NONE_SENT
from api.documents.upload import OneFile
from api.http import problem_types as types
from api.http.problems import Problem
from api.residents import documents
from api.residents.acting import Acting
from api.services import Services
from domain.refusals import Refused
from domain.sentence import N_
from web.sign_in.signed_out import FileReceivedLate
from web.site.form_data import CSRF
from web.site.masking import unmasked
from web.site.page import Here

_UPLOADS = re.compile(r"/documents$")


def is_upload(request: Request) -> bool:
    """Whether this request carries a file: it is read as a stream, by its own route."""
    sent = request.headers.get("content-type", "").lower()
    return sent.startswith("multipart/form-data") and _UPLOADS.search(request.url.path) is not None


async def received(
    request: Request, here: Here, services: Services, acting: Acting, dossier: UUID, piece: str
) -> list[OneFile]:
    """The files of this form, kept for that piece: the form's own proof comes before them.

    Raises Problem, Refused; FileReceivedLate, kept or not, when the session had ended.
    """

    def proof(fields: Mapping[str, str]) -> None:
        if not _same(unmasked(here.csrf), unmasked(fields.get(CSRF, ""))):
            raise Problem(types.CSRF, "Cette page date d'une session finie. Rechargez-la, et envoyez le fichier.")

    try:
        found = await documents.received_each(services, acting, dossier, request, piece=piece, proof=proof)
    except (Problem, Refused) as why:
        if here.over is None:
            raise
        raise FileReceivedLate(here.over, why) from why
    if here.over is not None:
        problems = [each.problem for each in found if each.problem is not None]
        raise FileReceivedLate(here.over, next(iter(problems), None if found else none_chosen()))
    return found


def none_chosen() -> Problem:
    """What a form without file is answered."""
    return Problem(NONE_SENT, N_("Choisissez un fichier sur votre appareil, puis envoyez-le."))


def _same(expected: str, sent: str) -> bool:
    return bool(expected) and hmac.compare_digest(expected.encode(), sent.encode())
