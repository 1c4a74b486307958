"""Measuring a version's impact, asking for its publication, publishing it: never the same person twice."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from api.admin.workshop import Bench, Piece, Workshop
from api.http import problem_types as types
from api.http.inputs import In, Out
from api.http.problems import Problem
from api.http.rooms import Room
from api.services import Services, Use
from api.sign_in.identity import Administrator, AdministratorPerson
from catalogue.form_hashes import publish as write_lock
from catalogue.loader import Catalogue
from catalogue.versions import publish as keep_version
from domain.plan import Plan
from domain.publication import refuse_alone, refuse_faulty, refuse_outdated, to_publish
from domain.refusals import Refused
from domain.sentence import N_, Sentence, Verbatim
from storage.accounts import publications
from storage.lists.impact import keep, measure, side
from storage.register import texts

router = Room(prefix="/procedures/{procedure}")
REPORT_MISSING = N_("Ce rapport d'impact n'existe pas, ou ne parle pas de cette version : mesurez-la de nouveau.")
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class MoveOut(Out):
    """The last day of a delay before and after, null without one, and for how many dossiers."""

    before: date | None
    after: date | None
    count: int


class ImpactOut(Out):
    """An impact report, as it is kept for ever under its hash; no dossier is named in it."""

    sha256: str
    moves: list[MoveOut]
    report: Mapping[str, Any]


class AskIn(In):
    """The hash of the impact report that was read."""

    report: Digest


class AskedOut(Out):
    """The publication that waits for a second pair of eyes: of which plan, after which report, asked by whom."""

    procedure: str
    version: int
    plan_sha256: str
    report_sha256: str
    by: UUID | None
    at: datetime


@router.post("/impact", status_code=201)
async def measure_impact(procedure: str, administrator: Administrator, bench: Bench, services: Use) -> ImpactOut:
    """Measure what the written version would do to every open dossier, from their dates and steps alone."""
    piece, context = bench.piece(procedure), administrator.context
    written = _written(piece)
    before = piece.published[-1] if piece.published else written
    found = await measure(services.database, before, written, lambda _: None, context)
    sha256 = await keep(services.database, found, context)
    return await read_impact(procedure, sha256, administrator, bench, services)


@router.get("/impact/{sha256}")
async def read_impact(
    procedure: str, sha256: str, administrator: Administrator, bench: Bench, services: Use
) -> ImpactOut:
    """A kept report on this procedure."""
    report = await _report(services, administrator, bench.piece(procedure), sha256)
    return ImpactOut.model_validate({"sha256": sha256, "moves": report["moves"], "report": report})


@router.get("/publication")
async def read_publication(
    procedure: str, administrator: Administrator, bench: Bench, services: Use
) -> AskedOut | None:
    """The publication that was asked for, unless it was published since; null without one."""
    slug = bench.piece(procedure).slug
    async with services.database.transaction(administrator.context) as connection:
        asked = await publications.asked(connection, slug)
    return None if asked is None else AskedOut.model_validate(asked)


@router.post("/publication/request", status_code=204)
async def ask_for_publication(
    procedure: str, body: AskIn, administrator: Administrator, bench: Bench, services: Use
) -> None:
    """Ask for the written version to be published, having read the report of its impact."""
    piece = bench.piece(procedure)
    plan = side(await _ready(bench, piece))
    report = await _report(services, administrator, piece, body.report)
    refuse_outdated(report["candidate"]["plan_sha256"], plan.plan_sha256)
    async with services.database.transaction(administrator.context) as connection:
        await publications.ask(
            connection,
            administrator.account,
            piece.slug,
            version=plan.version,
            plan_sha256=plan.plan_sha256,
            report_sha256=body.report,
        )


@router.post("/publication", status_code=204)
async def publish(procedure: str, administrator: Administrator, bench: Bench, services: Use) -> None:
    """Publish what another administrator asked for, if it is still what is written."""
    piece = bench.piece(procedure)
    written = await _ready(bench, piece)
    async with services.database.transaction(administrator.context) as connection:
        found = await publications.asked(connection, piece.slug)
        asked = refuse_alone(found, side(written).plan_sha256, administrator.account)
        await publications.done(connection, administrator.account, asked)
        # Written before the entry is committed: a file without its entry can be published again, not the reverse.
        _write(bench.procedures, written)


async def _report(services: Services, who: AdministratorPerson, piece: Piece, sha256: str) -> dict[str, Any]:
    try:
        async with services.database.transaction(who.context) as connection:
            found = await texts.read(connection, bytes.fromhex(sha256))
        counts: dict[str, Any] = json.loads(found.body)
    except (texts.NotPublished, ValueError) as error:
        raise Problem(types.NOT_FOUND, REPORT_MISSING) from error
    if found.kind != "impact" or counts["procedure"] != piece.slug:
        raise Problem(types.NOT_FOUND, REPORT_MISSING)
    return counts


def _written(piece: Piece) -> Plan:
    return to_publish(piece.written, piece.published)


async def _ready(bench: Workshop, piece: Piece) -> Plan:
    written = _written(piece)
    refuse_faulty(len(await bench.faults(piece.slug)))
    return written


def _write(within: Catalogue, written: Plan) -> None:
    """Keep the forms' hashes and the plan. Raises Refused where the folder cannot be written."""
    try:
        write_lock(within.forms, written.procedure)
        keep_version(within.folder(written.procedure), written)
    except OSError as error:
        raise Refused(
            "folder_read_only",
            "Le dossier des démarches ne peut pas être écrit ici.",
            what_to_do=Sentence(
                "Publiez là où il est tenu : guichet procedure publish {slug}", slug=Verbatim(written.procedure)
            ),
        ) from error
