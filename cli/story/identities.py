"""Who signs in at the demonstration's providers: the people of the stories, and one who comes for the first time."""

from collections.abc import Mapping

from parts.openid.configured import Person

RESIDENT = "anna.le-goff@demonstration.example"
HELPED = "yves.kerbrat@demonstration.example"
ANNA, YVES = "anna-le-goff", "yves-kerbrat"
_TWO_FACTORS = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"
_ONE_FACTOR = "https://proconnect.gouv.fr/assurance/self-asserted"
_SIRET = "22290001700011"


def _resident(sub: str, label: str, given: str, family: str, email: str = "") -> Person:
    told = {"given_name": given, "family_name": family} | ({"email": email} if email else {})
    return Person(sub=sub, label=label, id_token={"acr": "eidas1"}, userinfo=told)


def _staff(sub: str, label: str, given: str, family: str, *, acr: str = _TWO_FACTORS) -> Person:
    told = {
        "given_name": given,
        "usual_name": family,
        "email": f"{sub}@demonstration.example",
        "email_verified": True,
        "uid": sub,
        "siret": _SIRET,
        "idp_id": "demonstration",
    }
    return Person(sub=sub, label=label, id_token={"acr": acr, "amr": ["pwd"]}, userinfo=told)


EVERYBODY: Mapping[str, tuple[Person, ...]] = {
    "franceconnect": (
        _resident(ANNA, "Anna Le Goff, qui a déposé deux demandes d'agrément", "Anna", "Le Goff", RESIDENT),
        _resident(YVES, "Yves Kerbrat, aidé par une médiatrice pour l'APA", "Yves", "Kerbrat", HELPED),
        _resident("enora-bihan", "Enora Bihan, qui vient pour la première fois, sans courriel", "Enora", "Bihan"),
    ),
    "proconnect": (
        _staff("pmi", "Agent de la protection maternelle et infantile", "Agent", "Protection maternelle et infantile"),
        _staff("autonomie", "Agent de l'autonomie", "Agent", "Autonomie"),
        _staff("documents", "Agent de l'accès aux documents (un seul facteur : le guichet demande le second)",
               "Agent", "Accès aux documents", acr=_ONE_FACTOR),
        _staff("mediatrice", "Maëlle Cariou, médiatrice", "Maëlle", "Cariou"),
    ),
}  # fmt: skip
