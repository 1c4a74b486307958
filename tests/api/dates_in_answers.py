"""Every date and status that an answer holds, found by the API's own document; and where an explanation derives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.api.http.test_routes import DOCUMENT

MODELS: Mapping[str, Any] = DOCUMENT["components"]["schemas"]
DATES = ("date", "date-time")
NOT_LEGAL: Mapping[str, str] = {
    "EntryOut.recorded_at": "when it was written down; an event that took effect on another day says so itself",
    "ListedOut.updated_at": "when its last entry was written down, to follow a list",
    "ReaderOut.at": "when somebody read, on the real clock: the access log proves it",
    "LetterOut.made_at": "when the PDF was made; what it tells is dated by its entry",
    "DocumentOut.created_at": "when a file was received, on the real clock; the piece given is an event",
    "DocumentOut.status": "what the antivirus says of a file",
    "IncidentOut.opened_at": "when something failed; it changes no date of the dossier",
    "DraftOut.updated_at": "a draft is not a request yet",
    "MandateOut.starts": "a mandate's, not a dossier's: its own answer says for how long",
    "MandateOut.ends": "a mandate's",
    "MandateOut.consented_at": "a mandate's",
    "MandateOut.revoked_at": "a mandate's",
    "MandateBehindOut.starts": "a mandate's",
    "MandateBehindOut.ends": "a mandate's",
    "MandateBehindOut.consented_at": "a mandate's",
    "MandateBehindOut.revoked_at": "a mandate's",
    "CampaignOut.opens": "a campaign's, not a dossier's: an agent chose it",
    "CampaignOut.closes": "a campaign's",
    "CampaignOut.session": "a campaign's",
    "RankedOut.filed_at": "the order of a ranking; the dossier's own answer tells it with its derivation",
    "WindowOut.opens": "a campaign's",
    "WindowOut.closes": "a campaign's",
    "SessionOut.created_at": "a session's",
    "SessionOut.expires_at": "a session's",
    "SessionOut.seen_at": "a session's",
    "SignedInOut.expires_at": "a session's",
    "AccountOut.created_at": "an account's",
    "AccountOut.disabled_at": "an account's",
    "OrganisationOut.created_at": "an organisation's",
    "OrganisationOut.disabled_at": "an organisation's",
    "TokenOut.created_at": "a token's",
    "TokenOut.expires_at": "a token's",
    "TokenOut.last_used_at": "a token's",
    "TokenOut.revoked_at": "a token's",
    "NewTokenOut.expires_at": "a token's",
    "WebhookOut.created_at": "an endpoint's",
    "WebhookSecretOut.created_at": "an endpoint's",
    "Live.status": "the server's health",
    "Ready.status": "the server's health",
    "ProblemTypeOut.status": "an HTTP status",
    "ForkOut.now": "the instant of reading",
    "ForkOut.until": "the horizon that was asked",
    "ForkOut.status": "a future's, in no journal; the answer's own lines and ledger derive it",
    "FutureLineOut.at": "a future's: the line is its own derivation, with its article",
    "FutureLineOut.on": "a future's",
    "FutureLineOut.status": "a future's",
    "ForecastOut.now": "the instant of reading",
    "ForecastOut.on": "the day that was asked",
    "DecidedOut.at": "a future's: what silence would decide, with its article",
    "DecidedOut.on": "a future's",
    "LineOut.at": "the explanation itself",
    "LineOut.on": "the explanation itself",
    "LineOut.until": "the explanation itself",
}
"""Fields of the API that are not a dossier's legal dates nor its status, each with the reason."""
EARLIER = frozenset({"ListedOut.status", "RowOut.status", "RowOut.awaited_at"})
"""Lists show what was stored; with `due_passed` they say so themselves, and the due date that passed is derived."""


@dataclass(frozen=True, slots=True)
class ActDescription:
    """One value of a date or status: its field (`Model.name`), its format, and the object that holds it."""

    field: str
    format: str
    value: str
    holder: Mapping[str, Any]


def fields(schema: Mapping[str, Any], model: str = "", seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every field of dates or status that an answer of this schema may hold."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from fields(MODELS[name], _title(name), seen | {name})
        return
    for name, inner in schema.get("properties", {}).items():
        if _format(name, inner):
            yield f"{model}.{name}"
        yield from fields(inner, model, seen)
    for inner in _inside(schema):
        yield from fields(inner, model, seen)


def said(schema: Mapping[str, Any], value: Any, model: str = "") -> Iterator[ActDescription]:
    """Every date and status that `value`, an answer of this schema, holds."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from said(MODELS[name], value, _title(name))
    elif isinstance(value, list):
        inner = schema.get("items") or next(one["items"] for one in schema.get("anyOf", ()) if "items" in one)
        for one in value:
            yield from said(inner, one, model)
    elif isinstance(value, Mapping) and "properties" in schema:
        for name, inner in schema["properties"].items():
            found = value.get(name)
            if isinstance(found, str) and (of := _format(name, inner)):
                yield ActDescription(f"{model}.{name}", of, found, value)
            yield from said(inner, found, model)
    elif isinstance(value, Mapping):
        for inner in schema.get("anyOf", ()):
            yield from said(inner, value, model)


def underived(one: ActDescription, lines: Sequence[Mapping[str, Any]]) -> str:
    """Why no line of the explanation derives this value; empty when one does."""
    if one.field in EARLIER and one.holder["due_passed"]:
        return ""
    matching = [line for line in lines if _derives(line, one)]
    if not matching:
        return f"{one.field} = {one.value}: no line"
    if not any((line["article"] or line["rule"]) and line["entry"] > 0 for line in matching):
        return f"{one.field} = {one.value}: a line without rule, article or entry"
    return ""


def _derives(line: Mapping[str, Any], one: ActDescription) -> bool:
    if one.format == "status":
        return bool(line["about"] == "status" and line["key"] == one.value)
    at = str(line["at"])
    if one.format == "date-time":
        return "T" in at and datetime.fromisoformat(at) == datetime.fromisoformat(one.value)
    return one.value in {line["on"], line["until"]}


def _format(name: str, schema: Mapping[str, Any]) -> str:
    if name == "status":
        return "status"
    formats = [one.get("format") for one in (schema, *schema.get("anyOf", ()))]
    return next((one for one in formats if one in DATES), "")


def _inside(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for several in ("anyOf", "oneOf", "allOf"):
        yield from schema.get(several, ())
    yield from (schema[of] for of in ("items", "additionalProperties") if isinstance(schema.get(of), Mapping))


def _title(name: str) -> str:
    return name.rpartition("__")[2]
