"""The versions of the real parts that Guichet is tested with, and how each is built."""

from dataclasses import dataclass

POSTGRESQL_MAJOR = 18


@dataclass(frozen=True, slots=True)
class GoPart:
    """A part written in Go, built from its module when the machine does not have it.

    `command` is its name on PATH; `built` what `go install` calls the binary; `go` the oldest toolchain that
    builds it; `oldest` the oldest version accepted on PATH (empty: its `--version` says nothing of use).
    """

    name: str
    command: str
    module: str
    version: str
    built: str
    go: tuple[int, int]
    oldest: tuple[int, int] | None = None

    @property
    def file_name(self) -> str:
        """The name of the binary in the cache; another version is another file."""
        return f"{self.command}-{self.version}"

    @property
    def install_hint(self) -> str:
        """What a person types to have it without us."""
        return f"go install {self.module}@v{self.version}"


TEMPORAL = GoPart(
    name="temporal",
    command="temporal-server",
    module="go.temporal.io/server/cmd/server",
    version="1.32.2",
    built="server",
    go=(1, 27),
    oldest=(1, 32),
)
VERSITYGW = GoPart(
    name="s3",
    command="versitygw",
    module="github.com/versity/versitygw/cmd/versitygw",
    version="1.8.0",
    built="versitygw",
    go=(1, 26),
)
