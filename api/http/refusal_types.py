"""The kernel's refusals as problem types: each code has its name with hyphens, its status and a French title."""

from api.http.problem_types import problem_type

CONFLICT = {
    "not_now": "Cet acte n'est pas admis maintenant.",
    "acceptance_acquired": "L'acceptation est acquise par le silence.",
    "unknown_piece": "La démarche ne connaît pas cette pièce.",
    "unknown_outcome": "La démarche ne connaît pas cette issue.",
    "no_piece": "Aucune pièce n'est demandée.",
    "no_document": "Aucun document n'est joint.",
    "until_too_early": "Le délai donné est déjà passé.",
    "reasons_missing": "La motivation manque.",
    "empty_message": "Le message est vide.",
    "effective_not_admitted": "Cet acte ne peut pas être daté après coup.",
    "effective_in_future": "La date donnée est dans le futur.",
    "effective_too_early": "La date donnée est trop ancienne.",
    "effective_missing": "La bonne date manque.",
    "older_than_a_year": "La date donnée a plus d'un an : confirmez-la.",
    "evidence_missing": "La preuve manque.",
    "facts_missing": "Il manque un fait pour calculer le montant.",
    "before_first_text": "Aucune valeur n'est connue à cette date.",
    "rule_refused": "Les règles de calcul ne permettent pas ce montant.",
    "cannot_migrate": "Le dossier ne peut pas suivre cette version.",
    "ground_missing": "Le fondement de la migration manque.",
    "campaign_closed": "Aucune campagne n'est ouverte.",
    "campaign_open": "La campagne n'est pas close.",
    "campaign_misplanned": "La campagne ne peut pas être prévue ainsi.",
    "not_in_campaign": "Le dossier n'est pas de cette campagne.",
    "letter_not_made": "La lettre de cet acte ne peut pas être faite.",
    "no_campaign": "La démarche ne connaît pas de campagne.",
}
FORBIDDEN = {
    "not_yours": "Cet acte n'est pas le vôtre.",
    "role_insufficient": "Votre rôle ne permet pas cet acte.",
    "signature_needed": "Cet acte demande le droit de signer.",
    "mandate_revoked": "Le mandat est révoqué.",
    "mandate_expired": "Le mandat est expiré.",
    "mandate_not_consented": "L'accord de la personne n'est pas enregistré.",
    "mandate_of_a_minor": "Une personne mineure ne peut pas donner mandat.",
    "mandate_of_a_protected_adult": "Une personne protégée ne peut pas donner ce mandat.",
    "mandate_not_begun": "Le mandat n'a pas commencé.",
    "mandate_unknown": "Ce mandat n'existe pas.",
    "mandate_out_of_scope": "Le mandat ne couvre pas cette démarche.",
    "not_deposited_by_you": "Ce dossier n'a pas été déposé par ce système.",
}


def type_code(code: str) -> str:
    """The problem type's code of a refusal: every type is written with hyphens."""
    return code.replace("_", "-")


for _code, _title in CONFLICT.items():
    problem_type(type_code(_code), 409, _title)
for _code, _title in FORBIDDEN.items():
    problem_type(type_code(_code), 403, _title)

MISSING_PIECES = problem_type("missing-pieces", 409, "Des pièces obligatoires manquent.")
ALREADY_FILED = problem_type("already-filed", 409, "La demande est déjà déposée.")
PAGE_OUT_OF_ORDER = problem_type("page-out-of-order", 409, "Une page précédente n'est pas remplie.")
PAGE_UNKNOWN = problem_type("page-unknown", 404, "Cette page n'existe pas dans le formulaire.")
NO_ADDRESS = problem_type("no-address", 422, "La personne n'a pas d'adresse électronique.")
FORM_INVALID = problem_type("form-invalid", 422, "Le formulaire contient des erreurs.")
STALE = problem_type("stale-version", 412, "Le dossier a changé depuis que vous l'avez lu.")
IF_MATCH_REQUIRED = problem_type("if-match-required", 428, "L'en-tête If-Match manque.")
IF_MATCH_MALFORMED = problem_type("if-match-malformed", 400, "L'en-tête If-Match n'est pas lisible.")
KEY_REQUIRED = problem_type("idempotency-key-required", 400, "L'en-tête Idempotency-Key manque.")
KEY_MALFORMED = problem_type("idempotency-key-malformed", 400, "L'en-tête Idempotency-Key n'est pas lisible.")
IN_FLIGHT = problem_type("request-in-flight", 409, "La première requête est encore en cours.")
KEY_REUSED = problem_type("idempotency-key-reused", 422, "Cette clé a déjà servi pour une autre demande.")
CONTENT_DESTROYED = problem_type("content-destroyed", 410, "Le contenu de ce dossier a été détruit.")
UNKNOWN_VERSION = problem_type("unknown-version", 404, "Cette version de la démarche n'est pas publiée.")
UNKNOWN_PROCEDURE = problem_type("unknown-procedure", 404, "Cette démarche n'existe pas.")
NOT_OFFERED = problem_type("procedure-not-offered", 403, "Cette démarche ne se dépose pas par cette voie.")
NOT_PROVIDED = problem_type("step-not-in-plan", 409, "La démarche ne prévoit pas cette étape.")
FORM_CHANGED = problem_type("form-changed", 409, "Le formulaire a changé depuis votre brouillon.")
DOCUMENT_UNKNOWN = problem_type("document-unknown", 409, "Un document n'appartient pas à ce dossier.")
CURSOR_MALFORMED = problem_type("cursor-malformed", 400, "Le curseur n'est pas lisible.")
