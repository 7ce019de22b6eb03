"""What a check finds."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`about` is what was looked at. `do` is empty where nothing needs doing."""

    about: str
    state: Literal["ok", "note", "wrong"]
    says: str
    do: str = ""


def ok(about: str, says: str) -> Finding:
    return Finding(about, "ok", says)


def note(about: str, says: str, do: str) -> Finding:
    """It may be meant."""
    return Finding(about, "note", says, do)


def wrong(about: str, says: str, do: str) -> Finding:
    return Finding(about, "wrong", says, do)
