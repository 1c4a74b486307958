"""How long, how often, and no longer: every retry and every timeout of the workflows, each with its maximum.

An attempt is bounded by `each`; all of them by `attempts` and by `overall`, which also counts the time spent
waiting for a worker, hence its length. `each` is also what a killed worker costs: short. What is still not done
then becomes an incident that an agent sees.
"""

from dataclasses import dataclass
from datetime import timedelta

from temporalio.common import RetryPolicy

from workflows.queues import BULK, DOSSIER, EFFECTS

# Types of failure that trying again cannot mend.
HOPELESS = ("refused", "unrenderable", "unknown_kind", "gone", "forbidden_address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Where an activity runs and how it is retried: `first` seconds, then twice as long, up to `ceiling`."""

    queue: str
    each: timedelta
    attempts: int
    first: timedelta = timedelta(seconds=1)
    ceiling: timedelta = timedelta(minutes=5)
    overall: timedelta = timedelta(days=7)
    growth: float = 2.0

    @property
    def retry(self) -> RetryPolicy:
        """The same, in Temporal's words."""
        return RetryPolicy(
            initial_interval=self.first,
            backoff_coefficient=self.growth,
            maximum_interval=self.ceiling,
            maximum_attempts=self.attempts,
            non_retryable_error_types=HOPELESS,
        )


# A look at PostgreSQL, or letting the law's own effects be written: about half an hour of a database away.
ASK = Policy(queue=DOSSIER, each=timedelta(seconds=10), attempts=64, ceiling=timedelta(seconds=30))
# A letter is made from what we hold; only S3 or PostgreSQL can be away: about four hours.
# A worker killed in the middle is known only when `each` has passed: it is short where the work takes milliseconds.
LETTER = Policy(queue=EFFECTS, each=timedelta(seconds=20), attempts=50)
# An e-mail waits for somebody else's server: about two hours, then a person looks.
EMAIL = Policy(queue=EFFECTS, each=timedelta(seconds=25), attempts=30)
# Telling the agents, and writing an incident down: the last resort, so it tries longest (about eight hours).
TELL = Policy(queue=EFFECTS, each=timedelta(seconds=25), attempts=100)
# Preparing the deliveries of a move: rows only.
ANNOUNCE = Policy(queue=EFFECTS, each=timedelta(seconds=15), attempts=50)
# Somebody else's system (Standard Webhooks' schedule, in spirit): 5 s, 20 s, 80 s … every 6 hours, about 3 days.
WEBHOOK = Policy(
    queue=BULK,
    each=timedelta(seconds=15),
    attempts=18,
    first=timedelta(seconds=5),
    growth=4.0,
    ceiling=timedelta(hours=6),
)
# clamd reads 200 MB in seconds; away, it is waited for about eight hours, then the reconciler begins again.
SCAN = Policy(queue=BULK, each=timedelta(minutes=5), attempts=100)
ALL = (ASK, LETTER, EMAIL, TELL, ANNOUNCE, WEBHOOK, SCAN)

A_DAY_AT_MOST = timedelta(days=1)
