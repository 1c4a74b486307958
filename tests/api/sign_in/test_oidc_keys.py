"""A provider publishes keys of kinds that we do not know: the others still verify what it signs."""

from __future__ import annotations

from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from api.sign_in.oidc.client import readable_keys

STRANGE: list[dict[str, Any]] = [
    {"kty": "OKP-NEXT", "kid": "post-quantum", "x": "AAAA"},
    {"kty": "EC", "crv": "P-0000", "kid": "curve", "x": "AA", "y": "AA"},
    {"kty": "RSA", "kid": "broken", "n": "***", "e": "AQAB"},
    {"kid": "nameless"},
    {},
]


@pytest.mark.parametrize("strange", STRANGE, ids=lambda one: one.get("kid", "empty"))
def test_an_unreadable_key_is_passed_over(strange: dict[str, Any]) -> None:
    known = [ECKey.generate_key("P-256", private=False).as_dict(), RSAKey.generate_key(2048, private=False).as_dict()]

    assert len(readable_keys([known[0], strange, known[1]]).keys) == 2


def test_without_any_readable_key_the_provider_is_away() -> None:
    with pytest.raises(ValueError, match="no key"):
        readable_keys(STRANGE)
