"""`guichet pg-service`: how `pg_dump` and `pg_restore` reach the databases, without a secret among their words."""

import typer
from psycopg.conninfo import conninfo_to_dict

from cli.configured import configured
from migrations.keys_database import owned
from storage.engine.settings import BACKUP_ROLE

app = typer.Typer()


@app.command("pg-service")
def pg_service() -> None:
    """Donne un fichier de services de libpq (PGSERVICEFILE) : les bases, par qui les sauvegarde et les restaure."""
    settings = configured("owner")
    services = {
        BACKUP_ROLE: settings.url_of("backup"),
        "guichet": settings.database_url,
        "guichet_keys": owned(settings),
    }
    for name, url in services.items():
        typer.echo("\n".join([f"[{name}]", *(f"{key}={value}" for key, value in conninfo_to_dict(url).items())]))
