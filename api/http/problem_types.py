"""The registry of problems: every stable `type` the API may answer, its status and its French title.

`type` is `/problems/<code>`; the same path, read by GET, says what it means. Rooms that add routes add their
types here, so that the documentation and the tests can enumerate them all.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem: `code` is stable, `title` is French and the same for every occurrence."""

    code: str
    status: int
    title: str

    @property
    def uri(self) -> str:
        """The RFC 9457 `type`, relative to the API's address."""
        return f"/problems/{self.code}"


REGISTRY: dict[str, ProblemType] = {}


def problem_type(code: str, status: int, title: str) -> ProblemType:
    """Declare a type once. Raises ValueError when another one has the same code."""
    if code in REGISTRY:
        raise ValueError(f"problem type declared twice: {code}")
    REGISTRY[code] = ProblemType(code, status, title)
    return REGISTRY[code]


JSON_MALFORMED = problem_type("json-malformed", 400, "Le corps n'est pas du JSON valide.")
JSON_ENCODING = problem_type("json-encoding", 400, "Le corps JSON n'est pas en UTF-8.")
JSON_NOT_FINITE = problem_type("json-not-finite", 400, "NaN et Infinity ne sont pas des nombres JSON.")
JSON_DUPLICATE_KEY = problem_type("json-duplicate-key", 400, "Une clé est répétée dans un objet JSON.")
JSON_TOO_DEEP = problem_type("json-too-deep", 400, "Le JSON est imbriqué trop profondément.")
JSON_CONTROL = problem_type("json-control-character", 400, "Un texte contient un caractère de commande.")
JSON_NUL = problem_type("json-nul-character", 400, "Un texte contient le caractère nul (U+0000).")
JSON_SURROGATE = problem_type("json-lone-surrogate", 400, "Un texte contient un demi-caractère (surrogate isolé).")
JSON_INTEGER = problem_type("json-integer-too-large", 400, "Un nombre entier dépasse 2^53.")
JSON_FLOAT = problem_type("json-number-out-of-range", 400, "Un nombre est trop grand pour être représenté.")
BAD_REQUEST = problem_type("bad-request", 400, "La requête n'est pas comprise.")
NOT_SIGNED_IN = problem_type("not-signed-in", 401, "Vous n'êtes pas connecté.")
SIGN_IN_REFUSED = problem_type("sign-in-refused", 401, "Identifiants refusés.")
CODE_REFUSED = problem_type("code-refused", 401, "Code refusé.")
WRONG_AUDIENCE = problem_type("wrong-audience", 403, "Ce compte ne donne pas accès à cet espace.")
CSRF = problem_type("csrf-token-missing", 403, "Jeton anti-CSRF absent ou faux.")
FORBIDDEN = problem_type("forbidden", 403, "Vous n'avez pas le droit de faire cela.")
OUT_OF_SCOPE = problem_type("token-out-of-scope", 403, "Le jeton ne couvre pas cet acte.")
NOT_FOUND = problem_type("not-found", 404, "Rien n'existe à cette adresse.")
METHOD_NOT_ALLOWED = problem_type("method-not-allowed", 405, "Cette méthode n'est pas admise à cette adresse.")
ALREADY_EXISTS = problem_type("already-exists", 409, "Cela existe déjà.")
ACT_REFUSED = problem_type("act-refused", 409, "Cet acte n'est pas possible maintenant.")
BODY_TOO_LARGE = problem_type("body-too-large", 413, "Le corps de la requête est trop grand.")
UNSUPPORTED_MEDIA_TYPE = problem_type("unsupported-media-type", 415, "Ce type de contenu n'est pas accepté ici.")
VALIDATION_FAILED = problem_type("validation-failed", 422, "La demande contient des erreurs.")
PASSWORD_TO_CHANGE = problem_type("password-to-change", 403, "Ce mot de passe ne sert qu'à en choisir un autre.")
WEAK_PASSWORD = problem_type("weak-password", 422, "Ce mot de passe est trop faible.")
TOO_MANY_REQUESTS = problem_type("too-many-requests", 429, "Trop de tentatives.")
UNEXPECTED = problem_type("unexpected", 500, "Une erreur imprévue est survenue.")
UNAVAILABLE = problem_type("unavailable", 503, "Le service n'est pas disponible pour l'instant.")
OPEN_DATA_NOT_CONFIGURED = problem_type(
    "open-data-not-configured", 404, "Les données ouvertes ne sont pas configurées."
)
NOT_READY = problem_type("not-ready", 503, "Le service n'est pas prêt.")

BY_STATUS = {
    400: BAD_REQUEST,
    401: NOT_SIGNED_IN,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: METHOD_NOT_ALLOWED,
    413: BODY_TOO_LARGE,
    415: UNSUPPORTED_MEDIA_TYPE,
    422: VALIDATION_FAILED,
    429: TOO_MANY_REQUESTS,
    503: UNAVAILABLE,
}
