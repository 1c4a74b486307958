"""Letters as they are listed and opened: the PDF itself, to be saved."""

from datetime import datetime
from uuid import UUID

from starlette.responses import Response

from api.documents.answers import SAFE, attachment
from api.http import problem_types as types
from api.http.inputs import Out
from api.http.problems import Problem
from api.services import Services
from domain.before_notification import decision_reached
from domain.dossier import Dossier
from domain.effects import EFFECTS
from domain.sentence import N_
from storage.documents import letters
from storage.documents.letters import Letter
from storage.engine.keys import DossierKey
from storage.objects.store import ObjectMissing, StoreUnavailable

NOTIFIED = frozenset(f"letter:{effect.what}" for effect in EFFECTS.values() if effect.verb == "notice")
"""Letters that reach the person by a notice: opening one for the first time notifies it."""


class LetterOut(Out):
    """A letter of journal entry `entry`; `to_open`: opening it notifies it (CRPA R112-20). `size` in bytes."""

    id: UUID
    entry: int
    kind: str
    title: str
    made_at: datetime
    size: int
    to_open: bool = False

    @classmethod
    def of(cls, found: Letter, dossier: Dossier) -> "LetterOut":
        """As it stands for its addressee."""
        what, title = found.kind.partition(":")[2], EFFECTS[found.kind].title
        return cls.showing(found, entry=found.seq, kind=what, title=title, to_open=pending(found, dossier))


def pending(found: Letter, dossier: Dossier) -> bool:
    """Whether a notice of this letter waits to be opened."""
    notice = dossier.notice_of(found.seq) if found.kind in NOTIFIED else None
    return notice is not None and notice.pending


def reaches(found: Letter, dossier: Dossier) -> bool:
    """Whether its addressee may open it online: not before the notice, nor what went by post and has not arrived."""
    if found.kind == "letter:rectification":
        return dossier.decision is None or decision_reached(dossier)
    if found.kind not in NOTIFIED or dossier.notice_of(found.seq) is not None:
        return True
    decision, proposal, revocation = dossier.decision, dossier.proposal, dossier.revocation
    if found.kind != "letter:proposal" and revocation is not None and found.seq < revocation.seq:
        # What was withdrawn had reached them; what was cancelled never did.
        return all(never.seq != found.seq for never in dossier.cancelled)
    if found.kind == "letter:revocation":
        return revocation is not None and revocation.notified is not None
    if found.kind == "letter:decision":
        return decision is not None and decision.seq == found.seq and decision.notified is not None
    return proposal is not None and (proposal.seq > found.seq or proposal.received is not None)


async def pdf_answer(services: Services, key: DossierKey, found: Letter, reference: str) -> Response:
    """The PDF. Raises Problem when the store does not answer."""
    try:
        content = await letters.pdf(services.objects, key, found)
    except (StoreUnavailable, ObjectMissing) as error:
        detail = N_("Le stockage des lettres ne répond pas. La lettre n'est pas perdue : réessayez bientôt.")
        raise Problem(types.UNAVAILABLE, detail, headers={"Retry-After": "5"}) from error
    name = f"{reference}-{found.kind.partition(':')[2]}.pdf"
    headers = {**SAFE, "Content-Disposition": attachment(name)}
    return Response(content, media_type="application/pdf", headers=headers)
