"""`python -m parts.get`: have every part that is built in the cache; instant when they are there."""

import sys
import threading

from parts.obtain import binaries
from parts.parent import interrupt_on_termination, leave_with_parent
from parts.refusal import PartRefused
from parts.versions import TEMPORAL, VERSITYGW

_one_at_a_time = threading.Lock()


def tell(part: str, sentence: str) -> None:
    """One line of progress."""
    with _one_at_a_time:
        print(f"→ {part} : {sentence}", flush=True)  # noqa: T201 (this is its output)


def main() -> int:
    """Get the parts; 1 with a sentence when one cannot be had."""
    leave_with_parent()
    interrupt_on_termination()
    try:
        binaries((TEMPORAL, VERSITYGW), tell)
    except PartRefused as refused:
        print(refused, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
