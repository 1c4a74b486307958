"""Passwords: argon2id, computed in threads of their own so that neither the event loop nor the memory suffers."""

import asyncio
import re
import secrets
import string
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from domain.sentence import N_, Sentence

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 200
LEAST_GUESSES = 9.0
"""Powers of ten of the tries that it takes to find it, knowing what people choose (zxcvbn)."""
EVERYBODY_TRIES = (
    "guichet", "motdepasse", "azerty", "azertyuiop", "qwertyuiop", "bienvenue", "departement", "conseil", "finistere",
    "quimper", "brest", "bretagne", "breizh", "mairie", "accueil", "secret", "changezmoi", "administrateur", "agent",
    "janvier", "fevrier", "mars", "avril", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
    "printemps", "automne", "hiver", "soleil", "bonjour", "jetaime", "doudou", "chouchou", "loulou", "marseille",
)  # fmt: skip
ALPHABET = string.ascii_letters + string.digits

_HASHER = PasswordHasher()
_THREADS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="argon2")


class WeakPassword(ValueError):
    """The password is too easy to guess; `sentence` says what is expected."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def refuse_weak(password: str, *, email: str = "") -> None:
    """Raises WeakPassword: 12 to 200 characters, varied, and not made of the e-mail address."""
    if not MINIMUM_LENGTH <= len(password) <= MAXIMUM_LENGTH:
        length = N_("Le mot de passe doit compter de {least} à {most} caractères.")
        raise WeakPassword(Sentence(length, least=MINIMUM_LENGTH, most=MAXIMUM_LENGTH))
    if len(set(password)) < 6:
        raise WeakPassword(N_("Le mot de passe répète trop les mêmes caractères."))
    name = email.partition("@")[0].lower()
    if len(name) >= 4 and name in password.lower():
        raise WeakPassword(N_("Le mot de passe ne doit pas contenir votre adresse."))
    # Beyond 72 signs its own search takes long, and no common password is that long.
    found = zxcvbn(password[:72], user_inputs=[*EVERYBODY_TRIES, *re.split(r"[^\w]+", email.lower())])
    if found["guesses_log10"] < LEAST_GUESSES:
        raise WeakPassword(
            N_("Ce mot de passe est parmi les premiers que l'on essaie. Choisissez plusieurs mots sans lien entre eux.")
        )


def generated() -> str:
    """A random password of 20 letters and digits (119 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(20))


async def hashed(password: str) -> str:
    """The argon2id digest, with its own salt and parameters."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def matches(password: str, digest: str | None) -> bool:
    """Whether the password is the one; without a digest the same work is done, and the answer is no."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_THREADS, _matches, password, digest)


def _matches(password: str, digest: str | None) -> bool:
    try:
        _HASHER.verify(digest or nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return digest is not None


@cache
def nobody() -> str:
    """The digest of a password nobody has; asked for at start-up, so that the first stranger waits no longer."""
    return _HASHER.hash(secrets.token_urlsafe())
