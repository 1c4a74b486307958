"""The login roles of the product, made by the owner; their passwords come from the master key."""

import psycopg
from psycopg import Connection, errors, sql

from storage.engine import addresses
from storage.engine.settings import APP_ROLE, BACKUP_ROLE, KEYS_ROLE, OPERATOR_ROLE, WORKER_ROLE, Settings

ROLES = (APP_ROLE, WORKER_ROLE, OPERATOR_ROLE, KEYS_ROLE, BACKUP_ROLE)
_ATTEMPTS = 20


def ensure_roles(settings: Settings) -> None:
    """Create the roles that are absent, and give ours their password. Several databases may do so at once."""
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        for role in ROLES:
            _create(owner, role)
        for role in ROLES:
            password = settings.master.password_of(role)
            if not _opens(addresses.with_user(settings.database_url, role, password)):
                _set_password(owner, role, password)


def _create(owner: Connection, role: str) -> None:
    """Only the backup role reads past row-level security; none owns anything."""
    if owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
        return
    rights = sql.SQL("LOGIN BYPASSRLS" if role == BACKUP_ROLE else "LOGIN")
    try:
        owner.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), rights))
    except (errors.DuplicateObject, errors.UniqueViolation):
        return  # made meanwhile for another database of the same server


def _set_password(owner: Connection, role: str, password: str) -> None:
    """Roles belong to the whole server: another database being prepared may be writing the same row."""
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
    for attempt in range(_ATTEMPTS):
        try:
            owner.execute(statement)
        except errors.InternalError_:
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return


def _opens(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
