"""What may be wrong with a document, as problems: one type for each, each with its own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from api import security_events
from api.http import problem_types as types
from api.http import refusal_types
from api.http.multipart import BrokenMultipart, NotMultipart
from api.http.problem_types import problem_type
from api.http.problems import Problem
from domain.sentence import N_, Sentence
from storage.documents.checks.refusals import DocumentRefused, Reason
from storage.documents.intake import UploadInFlight, UploadInterrupted
from storage.documents.replay import KeyReused
from storage.documents.rows import MOST, DocumentKept, DocumentMissing, DocumentNotReadable, TooManyDocuments
from storage.engine.fair_queue import TooMuchAtOnce
from storage.engine.keys import KeyDestroyed, KeyUnknown
from storage.objects.sealed_stream import BrokenStream
from storage.objects.store import ObjectMissing, StoreUnavailable

_REFUSED: Final = {
    Reason.NONE: (422, "Aucun fichier n'a été envoyé."),
    Reason.EMPTY: (422, "Le fichier est vide."),
    Reason.TOO_LARGE: (413, "Le fichier est trop volumineux."),
    Reason.FORBIDDEN: (415, "Ce type de fichier n'est pas accepté."),
    Reason.DISGUISED: (415, "Le fichier n'est pas du type annoncé."),
    Reason.TRUNCATED: (400, "L'envoi a été interrompu."),
    Reason.PROTECTED: (422, "Le document est protégé par un mot de passe."),
    Reason.BOMB: (422, "Le fichier dépasse ce qu'une machine peut ouvrir."),
    Reason.PIXELS: (422, "L'image est trop grande."),
    Reason.VIRUS: (422, "Le document contient un virus."),
    Reason.NAME: (422, "Le nom du fichier n'est pas accepté."),
    Reason.DIGEST: (422, "L'empreinte ne correspond pas au contenu."),
    Reason.ACTIVE: (422, "Le document contient un programme."),
    Reason.POLYGLOT: (422, "Le fichier en cache un autre."),
    Reason.UNREADABLE: (422, "Le document est illisible."),
}
REFUSED: Final = {reason: problem_type(reason, *said) for reason, said in _REFUSED.items()}
NONE_SENT: Final = REFUSED[Reason.NONE]
DIGEST_MALFORMED: Final = problem_type("digest-malformed", 400, "L'empreinte donnée n'est pas lisible.")
ONE_FILE: Final = problem_type("one-file-at-a-time", 422, "Un seul fichier par envoi.")
IN_FLIGHT: Final = problem_type("upload-in-flight", 409, "Cet envoi est déjà en cours.")
TOO_MANY_AT_ONCE: Final = problem_type("too-many-uploads", 429, "Trop de fichiers envoyés en même temps.")
INTERRUPTED: Final = problem_type("upload-interrupted", 409, "L'envoi a été abandonné.")
WAITING: Final = problem_type("document-waiting", 409, "Le document est en cours d'analyse.")
LOST: Final = problem_type("document-lost", 410, "Le document n'est plus disponible.")
FULL: Final = problem_type("too-many-documents", 409, "Le dossier contient déjà trop de documents.")
KEPT: Final = problem_type("document-kept", 409, "Le document fait partie d'un dossier déposé.")
NO_PREVIEW: Final = problem_type("no-preview", 415, "Ce document ne peut pas être montré.")
PURGED: Final = problem_type("dossier-purged", 410, "Le contenu du dossier a été détruit.")

_NOT_READABLE: Final = {
    "waiting": (WAITING, "L'antivirus ne l'a pas encore examiné. Réessayez dans une minute."),
    "infected": (REFUSED[Reason.VIRUS], "Il a été détruit. Renvoyez-le depuis un appareil sain."),
    "lost": (LOST, "Le fichier stocké a disparu. Renvoyez-le, ou demandez-le à nouveau."),
}


@contextmanager
def told() -> Iterator[None]:
    """Turn what the storage raises about documents into problems."""
    try:
        yield
    except (NotMultipart, BrokenMultipart, DocumentRefused) as error:
        raise _refused(error) from error
    except (DocumentMissing, KeyUnknown) as error:
        raise not_found() from error
    except DocumentNotReadable as error:
        kind, detail = _NOT_READABLE[error.status]
        raise Problem(kind, detail) from error
    except (UploadInFlight, UploadInterrupted, KeyReused, DocumentKept) as error:
        raise _conflict(error) from error
    except TooMuchAtOnce as error:
        detail = N_("Vous en envoyez déjà plusieurs : attendez qu'ils soient reçus, puis renvoyez celui-ci.")
        raise Problem(TOO_MANY_AT_ONCE, detail, headers={"Retry-After": str(error.seconds)}) from error
    except TooManyDocuments as error:
        detail = N_(
            "Un dossier en contient {limit} au plus. Supprimez-en, ou réunissez-en plusieurs dans une archive ZIP."
        )
        raise Problem(FULL, Sentence(detail, limit=MOST)) from error
    except KeyDestroyed as error:
        raise Problem(PURGED, "Il a été purgé à son terme : plus rien ne peut en être lu ni ajouté.") from error
    except (ObjectMissing, BrokenStream) as error:
        raise Problem(LOST, "Le fichier stocké a disparu ou a été altéré. Signalez-le, puis renvoyez-le.") from error
    except StoreUnavailable as error:
        detail = N_("Le stockage des documents ne répond pas. Rien n'a été enregistré à moitié : réessayez bientôt.")
        raise Problem(types.UNAVAILABLE, detail, headers={"Retry-After": "5"}) from error


def not_found() -> Problem:
    """The same answer for what does not exist and for somebody else's."""
    return Problem(types.NOT_FOUND, "Aucun document de votre espace n'est à cette adresse.")


def _refused(error: NotMultipart | BrokenMultipart | DocumentRefused) -> Problem:
    if isinstance(error, DocumentRefused):
        security_events.note("upload_refused", "documents", REFUSED[error.reason].code)
        return Problem(REFUSED[error.reason], error.detail)
    if isinstance(error, NotMultipart):
        detail = N_("Un document s'envoie en multipart/form-data, dans un champ « file ».")
        return Problem(types.UNSUPPORTED_MEDIA_TYPE, detail, headers={"Accept-Post": "multipart/form-data"})
    detail = N_("Le fichier n'est pas arrivé en entier, ou l'envoi est mal formé. Rien n'a été gardé : renvoyez-le.")
    return Problem(REFUSED[Reason.TRUNCATED], detail)


def _conflict(error: UploadInFlight | UploadInterrupted | KeyReused | DocumentKept) -> Problem:
    match error:
        case UploadInFlight():
            detail = N_("Un envoi avec la même clé est en train d'arriver. Attendez-le, puis redemandez.")
            return Problem(IN_FLIGHT, detail, headers={"Retry-After": "30"})
        case UploadInterrupted():
            return Problem(INTERRUPTED, "Il est resté trop longtemps sans nouvelles. Rien n'a été gardé : renvoyez-le.")
        case KeyReused():
            detail = N_("Le même Idempotency-Key a servi pour un autre fichier. Tirez-en une autre au hasard.")
            return Problem(refusal_types.KEY_REUSED, detail)
        case _:
            return Problem(KEPT, "Il est une pièce du dossier déposé : il ne peut plus être supprimé.")
