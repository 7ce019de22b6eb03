"""The relay of bench/faults changes published messages and nothing else, however the bytes are cut."""

import pytest

from bench.faults_parts.wire import Splitter, doubling, dropping

OK, NUMBER, NIL = b"+OK\r\n", b":3\r\n", b"$-1\r\n"
SUBSCRIBED = b"*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n"
STREAM = OK + SUBSCRIBED + NIL + b"*2\r\n$1\r\n1\r\n*-1\r\n" + b"%1\r\n+server\r\n+redis\r\n" + NUMBER


def published(text, *, sign=b"*"):
    return sign + b"3\r\n$7\r\nmessage\r\n$1\r\na\r\n$%d\r\n%b\r\n" % (len(text), text)


FIRST, SECOND, THIRD = published(b"one\r\n+two"), published(b"two", sign=b">"), published(b"")


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_every_third_published_message_is_dropped(size):
    assert cut(FIRST + STREAM + SECOND + THIRD + NUMBER, size, dropping()) == FIRST + STREAM + SECOND + NUMBER


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_every_published_message_is_doubled(size):
    assert cut(OK + FIRST + STREAM + SECOND, size, doubling()) == OK + FIRST * 2 + STREAM + SECOND * 2


def cut(stream, size, treat):
    splitter = Splitter(treat)
    return b"".join(splitter.feed(stream[at : at + size]) for at in range(0, len(stream), size))
