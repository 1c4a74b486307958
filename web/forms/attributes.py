"""What a browser should know of an input: its keyboard, what it may fill in by itself, how wide it is."""

from catalogue.formats import format_of
from catalogue.schemas import Schema

# WCAG 1.3.5 speaks of the person at the keyboard: only these pages and groups ask about them.
ABOUT_THE_PERSON = frozenset({"demandeur", "requerant", "domicile", "adresse"})
AUTOCOMPLETE = {
    "nom": "family-name",
    "nom_naissance": "family-name",
    "prenom": "given-name",
    "prenoms": "given-name",
    "date_naissance": "bday",
    "telephone": "tel",
    "courriel": "email",
    "voie": "address-line1",
    "complement": "address-line2",
    "code_postal": "postal-code",
    "ville": "address-level2",
    "pays": "country-name",
}
FULL, LONG_TEXT = 0, 250


def autocomplete(name: str) -> str:
    """The token of WCAG 1.3.5 for the question of that name; empty when it is not about the person who fills in."""
    *holders, key = name.split(".")
    own = bool(holders) and set(holders) <= ABOUT_THE_PERSON
    return AUTOCOMPLETE.get(key, "") if own else ""


def attributes_of(name: str, field: Schema) -> dict[str, str]:
    """The attributes of an input of one line."""
    found = {"type": "text", **format_of(field).input}
    if field.get("type") == "integer" or str(field.get("pattern", "")).startswith("^[0-9]{"):
        found["inputmode"] = "numeric"
    if token := autocomplete(name):
        found["autocomplete"] = token
    return found


def width_of(field: Schema) -> int:
    """How many signs wide an input is drawn; 0 for as wide as there is room."""
    if field.get("type") == "integer":
        return 5
    if width := format_of(field).width:
        return width
    longest = int(field.get("maxLength", 1000))
    return next((width for width in (5, 10, 20) if longest <= width), 30 if longest <= 80 else FULL)
