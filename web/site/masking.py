"""A secret that a compressed page repeats is masked anew each time: its length tells nothing of it (BREACH)."""

import secrets


def masked(token: str) -> str:
    """A token (hexadecimal) under a pad drawn for this page; `unmasked` gives it back."""
    secret = bytes.fromhex(token)
    pad = secrets.token_bytes(len(secret))
    return (pad + _under(secret, pad)).hex()


def unmasked(said: str) -> str:
    """The token that a form sends back; empty when it is not one of ours."""
    try:
        both = bytes.fromhex(said)
    except ValueError:
        return ""
    half = len(both) // 2
    return _under(both[half:], both[:half]).hex() if both and len(both) % 2 == 0 else ""


def _under(one: bytes, other: bytes) -> bytes:
    return bytes(left ^ right for left, right in zip(one, other, strict=True))
