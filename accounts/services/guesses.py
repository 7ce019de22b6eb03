"""Guessing is slow: what was guessed wrongly a few times rests. Counted in the shared cache."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from accounts.errors import TooMany

TRIES, REST_S = 5, 300


def refuse_while_resting(what: str) -> None:
    """Raises `TooMany` from the sixth try on, until five minutes after the first."""
    if cache.get(_key(what), 0) >= TRIES:
        told = _("Too many tries. Wait five minutes, then try again.")
        raise TooMany(told, extra={"retry_after": REST_S})


def note_wrong_guess(what: str) -> None:
    count(_key(what), seconds=REST_S)


def count(key: str, *, seconds: int) -> int:
    """One more; how many there were since the first, which is forgotten after `seconds`."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # expired in between
        cache.add(key, 1, seconds)
        return 1


def _key(what: str) -> str:
    return f"guesses:{what}"
