"""`forms_schemas/published.lock`: the hash of each published form, one line each, as `sha256sum` writes them."""

import hashlib
from pathlib import Path

LOCK = "published.lock"


def published(forms: Path) -> dict[str, str]:
    """The hash of each published form by its path in `forms` (`apa-domicile/v1.json`)."""
    lock = forms / LOCK
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    pairs = (line.split("  ", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {path: digest for digest, path in pairs}


def digest_of(form: Path) -> str:
    """The SHA-256 of a form's bytes, in hexadecimal."""
    return hashlib.sha256(form.read_bytes()).hexdigest()


def changed(forms: Path, form: Path) -> bool:
    """Whether a published form no longer is what was published; a form that is not published yet may change."""
    known = published(forms).get(form.relative_to(forms).as_posix())
    return known is not None and known != digest_of(form)


def missing(forms: Path) -> tuple[str, ...]:
    """The published forms that are not there any more."""
    return tuple(path for path in published(forms) if not (forms / path).exists())


def unpublished(forms: Path, slug: str) -> tuple[Path, ...]:
    """The forms of a procedure that the lock does not know."""
    known = published(forms)
    return tuple(file for file in sorted((forms / slug).glob("*.json")) if f"{slug}/{file.name}" not in known)


def publish(forms: Path, slug: str) -> tuple[Path, ...]:
    """Write into the lock the forms of a procedure that it does not know; those that it knows keep their hash."""
    new = unpublished(forms, slug)
    every = published(forms) | {f"{slug}/{file.name}": digest_of(file) for file in new}
    lines = [f"{digest}  {path}" for path, digest in sorted(every.items())]
    (forms / LOCK).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return new
