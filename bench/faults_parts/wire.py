"""Redis as the chat servers reach it: a relay that can lose or double what is published to them."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import count

PUBLISHED = (b"message", b"pmessage", b"smessage")
Treat = Callable[[bytes], bytes]


def dropping() -> Treat:
    """Every third is lost."""
    numbers = count(1)
    return lambda message: b"" if next(numbers) % 3 == 0 else message


def doubling() -> Treat:
    return lambda message: message * 2


class Relay:
    """Between 127.0.0.1:`port` and Redis on `target`. `treat` is asked of each published message."""

    def __init__(self, *, target: int) -> None:
        self.target, self.port = target, 0
        self.treat: Treat = bytes
        self.treated = 0

    async def start(self) -> None:
        server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._server = server

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            redis_reader, redis_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        there = asyncio.create_task(_copy(reader, redis_writer, lambda data: data))
        here = asyncio.create_task(_copy(redis_reader, writer, Splitter(self._treated).feed))
        await asyncio.wait((there, here), return_when=asyncio.FIRST_COMPLETED)
        for task, end in ((there, redis_writer), (here, writer)):
            task.cancel()
            end.close()

    def _treated(self, message: bytes) -> bytes:
        self.treated += 1
        return self.treat(message)


class Splitter:
    """Cuts a stream of RESP into whole values, and has `treat` change those that were published."""

    def __init__(self, treat: Treat) -> None:
        self.treat, self.rest = treat, b""

    def feed(self, data: bytes) -> bytes:
        self.rest += data
        return b"".join(self._whole())

    def _whole(self) -> Iterator[bytes]:
        while (end := _end_of_value(self.rest, 0)) is not None:
            value, self.rest = self.rest[:end], self.rest[end:]
            yield self.treat(value) if _is_published(value) else value


def _end_of_value(data: bytes, at: int) -> int | None:
    """Where the value that begins there ends; None where it has not come whole."""
    line = data.find(b"\r\n", at)
    if line < 0:
        return None
    kind, after = data[at : at + 1], line + 2
    if kind in b"$=!":
        size = int(data[at + 1 : line])
        end = after if size < 0 else after + size + 2
        return end if end <= len(data) else None
    if kind in b"*>~%":
        values = int(data[at + 1 : line]) * (2 if kind == b"%" else 1)
        end = after
        for _ in range(values):
            found = _end_of_value(data, end)
            if found is None:
                return None
            end = found
        return end
    return after


def _is_published(value: bytes) -> bool:
    return (
        value[:1] in b"*>" and value.split(b"\r\n", 3)[2:3] != [] and value.split(b"\r\n", 3)[2] in PUBLISHED
    )


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, change: Treat) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(change(data))
            await writer.drain()
    except OSError:
        return
