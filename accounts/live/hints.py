"""What travels to sockets, in this process and between processes."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast

import orjson

Kind = Literal["frame", "last", "recheck"]


@dataclass(frozen=True, slots=True)
class Hint:
    """`frame`: send `text`; `last`: send it, then close; `recheck`: find out whether you may stay open.

    `seq` numbers those of which a socket must miss none; 0: it may.
    """

    kind: Kind
    text: str = ""
    seq: int = 0

    def packed(self, origin: str) -> str:
        return f"{origin}|{self.kind}|{self.seq}|{self.text}"


def unpack(payload: str) -> tuple[str, Hint]:
    """(origin, hint)"""
    origin, kind, seq, text = payload.split("|", 3)
    return origin, Hint(cast(Kind, kind), text, int(seq))


def packed(value: Any) -> str:
    """JSON, as it goes to sockets and into fast statements."""
    return orjson.dumps(value).decode()


class Socket(Protocol):
    """Hears hints on the server's loop; returns at once."""

    def hear(self, hint: Hint) -> None: ...

    def go_away(self, code: int) -> None: ...
