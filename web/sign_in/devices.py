"""What a person calls the device of a session: its browser and its system, by what the browser says of itself."""

from dataclasses import dataclass

from ua_parser import parse


@dataclass(frozen=True, slots=True)
class Device:
    """`browser` and `system` by their own names, as « Firefox » and « Android »."""

    browser: str
    system: str


def device_of(user_agent: str) -> Device | None:
    """The device of a `User-Agent` header; None for what no browser says."""
    read = parse(user_agent)
    if read.user_agent is None or read.os is None:
        return None
    return Device(browser=read.user_agent.family, system=read.os.family)
