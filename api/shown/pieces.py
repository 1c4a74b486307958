"""The pieces of a dossier: what is required, under which text, what was given, what is still owed."""

from datetime import date
from uuid import UUID

from api.http.inputs import Out
from domain.citations import cited_each
from domain.dossier import Dossier


class PieceOut(Out):
    """A piece of the plan. `missing`: required and not given, or asked for again."""

    key: str
    title: str
    description: str
    required: bool
    indispensable: bool
    reference: tuple[str, ...]
    documents: tuple[UUID, ...]
    missing: bool


class RequestOut(Out):
    """Pieces asked for and not all given yet, to be given by `until`; `in_receipt`: by the acknowledgement itself."""

    entry: int
    pieces: tuple[str, ...]
    until: date
    moves_clock: bool
    lapsed: bool
    in_receipt: bool


def shown_pieces(dossier: Dossier) -> tuple[PieceOut, ...]:
    """Every piece of the plan, in its order."""
    missing = set(dossier.missing())
    return tuple(
        PieceOut.showing(
            piece,
            required=piece.required_for(dossier.form),
            reference=cited_each(piece.reference, piece.confidence),
            documents=dossier.pieces.get(piece.key, ()),
            missing=piece.key in missing,
        )
        for piece in dossier.plan.pieces
    )


def shown_requests(dossier: Dossier) -> tuple[RequestOut, ...]:
    """The requests for pieces that are still to be answered, oldest first."""
    return tuple(RequestOut.showing(one, entry=one.seq, pieces=one.keys) for one in dossier.expected())
