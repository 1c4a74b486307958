"""The database: does each role reach it, is its schema the present one, does the legal clock run?"""

from contextlib import suppress
from typing import LiteralString

import psycopg

from catalogue.loader import catalogue
from cli.checks.finding import Finding, bad, good, noted
from migrations.upgrade import heads
from storage.engine import addresses
from storage.engine.settings import DatabaseRole, NoAddress, Settings

_ROLES: tuple[DatabaseRole, ...] = ("owner", "app", "worker", "operator", "keys")
_OLDEST = 150000


def roles(settings: Settings) -> list[Finding]:
    """Each role whose address is known here reaches its own database."""
    return [_role(settings, role) for role in _known(settings)]


def schema(settings: Settings) -> Finding:
    """The database is at the last migration of this code."""
    head = ", ".join(heads())
    try:
        current = _one(settings, "SELECT string_agg(version_num, ', ' ORDER BY version_num) FROM alembic_version")
    except psycopg.Error as error:
        return bad("migrations", f"version du schéma illisible ({_short(error)})", "guichet migrate")
    if (current or "") != head:
        return bad("migrations", f"schéma à {current}, ce code attend {head}", "guichet migrate")
    return good("migrations", f"schéma à jour ({head})")


def clock(settings: Settings) -> Finding:
    """In production the legal clock runs; a demonstration or a test may move it."""
    try:
        mode = _one(settings, "SELECT mode FROM legal_clock")
    except psycopg.Error as error:
        return bad("horloge légale", f"illisible ({_short(error)})", "guichet migrate")
    if mode in (None, "runs"):
        return good("horloge légale", "suit le temps réel")
    if settings.mode == "production":
        return bad(
            "horloge légale",
            f"déplacée ({mode}) : les délais seraient faux",
            "une base de démonstration ne sert pas en production : repartez d'une base neuve",
        )
    return noted("horloge légale", f"déplacée ({mode}), permis en mode {settings.mode}")


def served(settings: Settings) -> Finding:
    """What is filed reaches a group of agents: a procedure that none serves is offered to nobody."""
    name = "démarches servies"
    try:
        said = _one(settings, "SELECT string_agg(DISTINCT procedure, ',') FROM group_procedure")
    except psycopg.Error as error:
        return bad(name, f"groupes illisibles ({_short(error)})", "guichet migrate")
    without = sorted(set(catalogue().slugs()) - set(str(said or "").split(",")))
    if not without:
        return good(name, "chacune a son groupe d'agents")
    return noted(name, f"non proposées, faute de groupe qui les reçoive (guichet group serve) : {', '.join(without)}")


def _known(settings: Settings) -> list[DatabaseRole]:
    found: list[DatabaseRole] = []
    for role in _ROLES:
        with suppress(NoAddress):
            settings.url_of(role)
            found.append(role)
    return found


def _role(settings: Settings, role: DatabaseRole) -> Finding:
    name = f"base de données ({role})"
    url = settings.url_of(role)
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        to_do = "vérifiez DATABASE_URL" if role == "owner" else "guichet migrate crée les rôles"
        return bad(name, f"injoignable ({_short(error)})", to_do)
    if version < _OLDEST:
        return bad(name, f"PostgreSQL {version // 10000}", "il faut PostgreSQL 15 ou plus récent")
    return good(name, f"PostgreSQL {version // 10000}, base {addresses.database_of(url)}")


def _one(settings: Settings, query: LiteralString) -> object:
    """What every role may read, asked as the first one known here."""
    with psycopg.connect(settings.url_of(_known(settings)[0]), connect_timeout=3) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def _short(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
