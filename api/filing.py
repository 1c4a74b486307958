"""Filing, whoever files: what is verified, what is answered, and how the same request gets the same answer."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from starlette.responses import Response

from api.form_errors import REQUIRED, ErrorOut, invalid, shown, told
from api.http import refusal_types as types
from api.http.inputs import Out
from api.http.preconditions import etag
from api.http.problems import FieldError, Problem, nothing_recorded
from api.offer import form_of
from api.shown.acknowledgement import AcknowledgementOut
from domain.acknowledgement import acknowledge
from domain.actors import Actor
from domain.calendar import Instant
from domain.citations import cited
from domain.dossier import Dossier
from domain.plan import Plan
from domain.sentence import N_, Sentence, Verbatim
from storage.register.before_filing import Alike
from storage.register.door import Recorded
from storage.register.filing import FilingCheck
from storage.register.idempotency import Answer, Once


class AlikeOut(Out):
    """An open request of mine for the same procedure: perhaps the same one, filed twice."""

    id: UUID
    reference: str
    filed_at: datetime


class FiledOut(Out):
    """A filed request: its reference, its acknowledgement, and what looks like it among those still open.

    `warnings`: what would have been better answered; nothing depends on it.
    """

    id: UUID
    reference: str
    version: int
    acknowledgement: AcknowledgementOut
    possible_duplicates: list[AlikeOut]
    warnings: list[ErrorOut]

    @classmethod
    def of(cls, recorded: Recorded, alike: Sequence[Alike] = ()) -> "FiledOut":
        """The answer to a filing, made from memory."""
        return cls(
            id=recorded.id,
            reference=recorded.reference,
            version=recorded.version,
            acknowledgement=AcknowledgementOut.model_validate(
                asdict(acknowledge(recorded.dossier, recorded.reference))
            ),
            possible_duplicates=[AlikeOut.model_validate(one) for one in alike],
            warnings=shown(form_of(recorded.dossier.plan).warnings(recorded.dossier.form)),
        )

    def headers(self, under: str) -> dict[str, str]:
        """Where the dossier is, and its version."""
        return {"ETag": etag(self.version), "Location": f"{under}/dossiers/{self.id}"}


@dataclass(slots=True)
class Answering:
    """The answer to a filing, made once, inside its transaction, and kept with it under the caller's key.

    `under` is the path of the space where the dossier will be; `alike` is known before the answer is made.
    """

    under: str
    alike: Sequence[Alike] = ()
    answer: Answer | None = None

    def once(self, actor: Actor, key: str, said: Mapping[str, Any]) -> Once:
        """The same key and the same request get the same answer. Raises ValueError when nobody files."""
        if actor.id is None:
            raise ValueError("somebody files")
        return Once(actor=actor.id, route="submit", key=key, body=to_json(said), answer=self.make)

    def make(self, recorded: Recorded) -> Answer:
        """The answer to what was recorded."""
        filed = FiledOut.of(recorded, self.alike)
        self.answer = Answer(status=201, body=filed.model_dump(mode="json"), headers=filed.headers(self.under))
        return self.answer

    def given(self) -> Response:
        """What is sent. Raises ValueError before it was made."""
        if self.answer is None:
            raise ValueError("nothing was filed")
        return sent(self.answer)


def sent(answer: Answer) -> Response:
    """An answer as it is sent, without being verified once more."""
    return Response(to_json(answer.body), answer.status, answer.headers, media_type="application/json")


def check_of(*, incomplete: bool) -> FilingCheck:
    """The check at the instant of filing: nothing required is missing, unless the person confirms it."""

    def check(dossier: Dossier, at: Instant) -> None:
        del at
        missing = dossier.missing()
        if missing and not incomplete:
            raise _missing(dossier, missing)

    return check


def refuse_notice_to_nobody() -> Problem:
    """The consent to a notice that no e-mail could announce (CRPA R112-17): deemed read, it would never be known."""
    told = FieldError(
        "/electronic_notice",
        "no_address",
        N_(
            "La personne n'a pas d'adresse électronique : aucun courriel ne pourrait lui annoncer la décision "
            "(CRPA R112-17). Donnez son adresse, ou déposez sans cet accord : la décision viendra par la poste."
        ),
    )
    return Problem(types.NO_ADDRESS, nothing_recorded(1), (told,), extra={"article": "CRPA R112-17"})


def accepted_form(
    plan: Plan, content: dict[str, Any], version: int | None = None, *, unanswered: bool = False
) -> dict[str, Any]:
    """The form as it is filed, its computed fields written. Raises Problem unless it may be.

    `version`: that of the draft, when another was published since. `unanswered`: what came on paper is a request
    whatever it leaves blank (CRPA L112-3, L114-5); what it says must be right all the same.
    """
    form = form_of(plan)
    errors = tuple(each for each in form.errors(content) if not (unanswered and each.code in REQUIRED))
    if not errors:
        return form.completed(content)
    if version is not None and version != plan.form:
        raise Problem(
            types.FORM_CHANGED,
            f"Le formulaire est passé de la version {version} à la version {plan.form} : voyez « errors » champ par "
            "champ, renouvelez le brouillon (POST …/renew), complétez-le et déposez-le de nouveau. Rien n'est perdu.",
            told(errors),
        )
    raise invalid(errors)


def _missing(dossier: Dossier, missing: Sequence[str]) -> Problem:
    errors = []
    for key in missing:
        piece = dossier.plan.piece(key)
        title = piece.title if piece is not None else key
        said = Sentence("Pièce obligatoire : {title}.", title=title)
        if piece is not None and piece.reference:
            texts = Verbatim(cited(piece.reference, piece.confidence))
            said = Sentence("Pièce obligatoire : {title} ({texts}).", title=title, texts=texts)
        errors.append(FieldError(f"/pieces/{key}", "missing", said))
    return Problem(
        types.MISSING_PIECES,
        f"Pièces obligatoires qui manquent : {len(errors)}. Joignez-les, ou confirmez un dépôt incomplet "
        "(« incomplete »: true) ; elles vous seront alors demandées (CRPA R112-11-4). Rien n'a été enregistré.",
        tuple(errors),
        extra={"article": "CRPA R112-11-4"},
    )
