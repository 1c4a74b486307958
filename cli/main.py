"""`guichet`: the command line of the product. Exit codes: 0 ok, 1 refused or false, 2 usage.

It leaves by flushing and `os._exit`: a short program that used the Temporal client may otherwise abort while
the interpreter ends, after its work is done.
"""

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from cli import noting
from cli.running import adopt
from cli.table import typed
from cli.usage import sentence
from parts.refusal import PartRefused

OK, REFUSED, USAGE, CRASHED, INTERRUPTED = 0, 1, 2, 70, 130


def guichet() -> None:
    """The root of every command."""


def main() -> None:
    """Run the command line of this process, then leave it at once."""
    noting.begin()
    if sys.argv[1:2] != ["up"]:
        adopt(os.environ, next(iter(sys.argv[1:]), ""))
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            code = code or OK  # whoever read us (`| head`) has had enough
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; what cannot be done is told on standard error."""
    try:
        line = typed(next(iter(arguments), ""), guichet)
        outcome = line(list(arguments), prog_name="guichet", standalone_mode=False)
    except typer.TyperException as error:
        if error.exit_code == USAGE:
            return _tell(sentence(error), USAGE)
        return _tell(error.format_message(), REFUSED)
    except PartRefused as error:
        return _tell(str(error), REFUSED)
    except typer.Abort:
        return _tell("Interrompu.", INTERRUPTED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return OK
    except Exception:  # noqa: BLE001 (a defect of ours: told whole, and never taken for a refusal)
        traceback.print_exc()
        return CRASHED
    return outcome if isinstance(outcome, int) else OK


def _tell(message: str, code: int) -> int:
    print(message, file=sys.stderr)  # noqa: T201 (what a person reads)
    return code
