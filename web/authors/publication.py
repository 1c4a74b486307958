"""Measuring a version's impact, asking for its publication, publishing it: never the same person twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from api import problem_types as types
from api.identity import AdministratorPerson
from api.problems import Problem
from api.services import Services
from catalogue.loader import Catalogue
from catalogue.published import publish as write_lock
from catalogue.versions import publish as keep_version
from domain.plan import Plan
from domain.refusals import Refused
from domain.worded import N_, Sentence, Verbatim
from storage import publications, published
from storage.impact import keep, measure, side
from storage.publications import Asked
from web.authors.workshop import Piece, Workshop

REPORT_MISSING = N_("Ce rapport d'impact n'existe pas, ou ne parle pas de cette version : mesurez-la de nouveau.")


@dataclass(frozen=True, slots=True)
class Kept:
    """An impact report, as it is kept for ever under its hash."""

    sha256: str
    counts: dict[str, Any]

    @property
    def moves(self) -> tuple[Move, ...]:
        """How many dossiers each day moves for."""
        return tuple(
            Move(before=_day(each["before"]), after=_day(each["after"]), count=each["count"])
            for each in self.counts["moves"]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The last day of a delay before and after, None without one, and for how many dossiers."""

    before: date | None
    after: date | None
    count: int


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


async def measured(services: Services, who: AdministratorPerson, piece: Piece) -> str:
    """Measure what the written version would do to every open dossier; give the hash of the report.

    Asked of the clock rows alone: no content of any dossier is read, nor which they are. Raises Refused.
    """
    written, context = _written(piece), who.context
    before = piece.published[-1] if piece.published else written
    report = await measure(services.database, before, written, lambda _: None, context)
    return await keep(services.database, report, context)


async def report(services: Services, who: AdministratorPerson, piece: Piece, sha256: str) -> Kept:
    """A kept report on this procedure. Raises Problem when there is none."""
    try:
        async with services.database.transaction(who.context) as connection:
            found = await published.read(connection, bytes.fromhex(sha256))
        counts: dict[str, Any] = json.loads(found.body)
    except (published.NotPublished, ValueError) as error:
        raise Problem(types.NOT_FOUND, REPORT_MISSING) from error
    if found.kind != "impact" or counts["procedure"] != piece.slug:
        raise Problem(types.NOT_FOUND, REPORT_MISSING)
    return Kept(sha256, counts)


async def pending(services: Services, who: AdministratorPerson, slug: str) -> Asked | None:
    """The publication that waits for a second pair of eyes."""
    async with services.database.transaction(who.context) as connection:
        return await publications.asked(connection, slug)


async def ask(services: Services, who: AdministratorPerson, bench: Workshop, piece: Piece, read: str) -> None:
    """Ask for the written version to be published, having read the report `read`. Raises Refused, Problem."""
    written = _written(piece)
    await _refuse_unready(bench, piece)
    kept = await report(services, who, piece, read)
    if kept.counts["candidate"]["plan_sha256"] != side(written).plan_sha256:
        raise Refused(
            "report_outdated",
            "La démarche a été modifiée depuis ce rapport d'impact.",
            what_to_do="Mesurez l'impact de nouveau, lisez-le, puis demandez la publication.",
        )
    async with services.database.transaction(who.context) as connection:
        await publications.ask(
            connection,
            who.account,
            piece.slug,
            version=written.version,
            plan_sha256=side(written).plan_sha256,
            report_sha256=read,
        )


async def publish(services: Services, who: AdministratorPerson, bench: Workshop, piece: Piece) -> None:
    """Publish what another administrator asked for, if it is still what is written. Raises Refused."""
    written = _written(piece)
    await _refuse_unready(bench, piece)
    async with services.database.transaction(who.context) as connection:
        asked = await publications.asked(connection, piece.slug)
        _refuse_alone(asked, who, written)
        if asked is not None:
            await publications.done(connection, who.account, asked)
            # Written before the entry is committed: a file without its entry can be published again, not the reverse.
            _write(bench.procedures, written)


def _refuse_alone(asked: Asked | None, who: AdministratorPerson, written: Plan) -> None:
    if asked is None or asked.plan_sha256 != side(written).plan_sha256:
        raise Refused(
            "publication_not_asked",
            "Personne n'a demandé la publication de cette version, telle qu'elle est écrite.",
            what_to_do="Mesurez son impact, puis demandez-la ; une autre personne publiera.",
        )
    if asked.by == who.account:
        raise Refused(
            "four_eyes",
            "Vous avez demandé cette publication : une autre personne doit la relire et publier.",
            what_to_do="Demandez à un autre administrateur d'ouvrir cette page.",
        )


async def _refuse_unready(bench: Workshop, piece: Piece) -> None:
    found = await bench.faults(piece.slug)
    if found:
        raise Refused(
            "check_failed",
            Sentence(
                "La vérification trouve des points à reprendre, au nombre de {count} : rien n'est publié.",
                count=len(found),
            ),
            what_to_do="Reprenez-les (ils sont sur la page de la démarche), puis recommencez.",
        )


def _written(piece: Piece) -> Plan:
    if piece.written is None or not piece.to_publish:
        raise Refused(
            "nothing_to_publish",
            "Le dossier de la démarche ne dit aucune version nouvelle.",
            what_to_do="Écrivez « version » et « in_force_from » dans procedure.toml pour commencer la suivante.",
        )
    return piece.written


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
