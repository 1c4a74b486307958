"""Database addresses as libpq URLs, and the same server seen by another role or in another database."""

from urllib.parse import quote, urlsplit, urlunsplit

SCHEMES = frozenset({"postgresql", "postgres"})


def plain(url: str) -> str:
    """`url` as libpq reads it (`postgresql+psycopg://` loses its driver). Raises ValueError, in French."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in SCHEMES:
        raise ValueError("l'adresse de la base doit commencer par « postgresql:// »")
    if not database_of(url):
        raise ValueError("l'adresse de la base doit finir par le nom de la base : postgresql://…/guichet")
    return f"postgresql://{rest}"


def for_sqlalchemy(url: str) -> str:
    """`url` as SQLAlchemy reads it, with psycopg as the driver."""
    return f"postgresql+psycopg://{plain(url).partition('://')[2]}"


def with_user(url: str, user: str, password: str) -> str:
    """The same server and database, as another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{place}"))


def lacks_password(url: str, role: str) -> bool:
    """Whether it names that role, or nobody, and no password."""
    parts = urlsplit(url)
    return parts.password is None and parts.username in (None, role)


def with_database(url: str, name: str) -> str:
    """The same server and role, in another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def database_of(url: str) -> str:
    """The name of the database at the end of a URL."""
    return urlsplit(url).path.strip("/")
