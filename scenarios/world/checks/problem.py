"""What a check has to say."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`path` is where in the document, as in `facts.clock.say` or `fail.0`; `message` is for its author."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


Problems = Iterator[Problem]
