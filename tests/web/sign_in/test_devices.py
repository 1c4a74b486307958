"""How the device of a session is named."""

from __future__ import annotations

import pytest

from storage.accounts.sessions import DEVICE_LENGTH
from web.sign_in.devices import Device, device_of


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Version/17.5 Mobile/15E148 Safari/604.1"
            ),
            "Mobile Safari",
            "iOS",
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
                "Mobile Safari/537.36"
            ),
            "Chrome Mobile",
            "Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "Windows"),
    ],
)
def test_browsers_and_systems_by_their_names(said: str, browser: str, system: str) -> None:
    assert device_of(said[:DEVICE_LENGTH]) == Device(browser, system)


@pytest.mark.parametrize("said", ["", "python-httpx2/0.1", "<script>", "\x00"])
def test_what_no_browser_says_names_nothing(said: str) -> None:
    assert device_of(said) is None
