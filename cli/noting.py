"""What processes note on their standard output: never a value of anybody's, and never a failure of its own.

The message of an exception may hold what somebody typed (PostgreSQL says which row it refused, SQLAlchemy with which
parameters): its kind and its place are noted instead. A disk that is full loses notes; it must not lose answers.
"""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

import structlog

ROOT = Path(__file__).parent.parent
FRAMES = 6


def begin() -> None:
    """Have this process note so; our own notes, and those of the libraries."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_message,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=lambda *_: Unfailing(sys.stdout),
        cache_logger_on_first_use=False,
    )
    handler = _Unfailing(sys.stderr)
    handler.setFormatter(_WithoutMessage("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def where(error: BaseException) -> str:
    """The kinds of an exception and of what caused it, the last first, each with where it was raised in our code."""
    return " < ".join(f"{type(one).__name__}({_place(one.__traceback__)})" for one in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    for _ in range(FRAMES):
        if found is None:
            return
        yield found
        found = found.__cause__ or found.__context__


def _place(traceback: TracebackType | None) -> str:
    frames = [frame for frame in extract_tb(traceback) if Path(frame.filename).is_relative_to(ROOT)]
    ours = [frame for frame in frames if ".venv" not in Path(frame.filename).parts]
    return ", ".join(f"{Path(one.filename).relative_to(ROOT)}:{one.lineno}" for one in ours[-FRAMES:])


def _without_message(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    said = event.pop("exc_info", None)
    error = sys.exc_info()[1] if said is True else said[1] if isinstance(said, tuple) else said
    if isinstance(error, BaseException):
        event["failed"] = where(error)
    return event


class Unfailing(structlog.PrintLogger):
    """Writes lines where it can."""

    def msg(self, message: str) -> None:
        """Write one line, or lose it."""
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warn = warning = fatal = failure = err = error = critical = exception = msg


class _Unfailing(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the name that logging calls)
        """A line that cannot be written is lost."""


class _WithoutMessage(logging.Formatter):
    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name that logging calls)
        return where(ei[1]) if ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        # Some libraries put the exception in the message too.
        if any(isinstance(one, BaseException) for one in record.args or ()):
            record = logging.makeLogRecord(record.__dict__ | {"args": None, "msg": str(record.msg)})
        return super().format(record)
