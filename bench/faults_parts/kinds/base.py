"""The list of faults."""

from collections.abc import Callable
from dataclasses import dataclass

from bench.faults_parts.stage import Stage

Act = Callable[[Stage], None]


@dataclass(frozen=True)
class Fault:
    """`times` in a full run; `in_quick`: once in a quick one; `keeps_sockets`: it may close none of them."""

    name: str
    act: Act
    times: int
    in_quick: bool
    keeps_sockets: bool


KINDS: dict[str, Fault] = {}


def fault(
    name: str, *, times: int = 20, quick: bool = False, keeps_sockets: bool = False
) -> Callable[[Act], Act]:
    def enlist(act: Act) -> Act:
        KINDS[name] = Fault(name, act, times, quick, keeps_sockets)
        return act

    return enlist
