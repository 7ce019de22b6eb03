"""Clients: all at once, twice, in two tabs, and those that never read."""

import json
import socket
import time
from contextlib import ExitStack

from websockets.sync.client import connect

from bench.faults_parts.kinds.base import fault
from bench.faults_parts.stage import Stage
from bench.faults_parts.tab import Tab, subprotocols

SLEEPERS = 10


@fault("reconnect-storm", quick=True)
def storm(stage: Stage) -> None:
    """Everybody loses the connection in the same moment, three times."""
    for _ in range(3):
        stage.crowd.each_tab(Tab.drop)
        time.sleep(0.5)


@fault("sends-doubled", quick=True, keeps_sockets=True)
def doubled(stage: Stage) -> None:
    """All clients send all that they said once more, at once, whether or not it was acked."""
    stage.crowd.each_tab(_repeat)


async def _repeat(tab: Tab) -> None:
    for sending in list(tab.talk.sendings.values())[-3:]:
        await tab.send(sending)


@fault("readers-asleep", times=5)
def asleep(stage: Stage) -> None:
    """Connections that ask for the transcript again and again, and read nothing of it."""
    with ExitStack() as open_ones:
        lines = []
        for tab in stage.crowd.tabs()[:SLEEPERS]:
            narrow = socket.socket()
            narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            narrow.connect(("127.0.0.1", tab.ports[0]))
            address = f"ws://127.0.0.1:{tab.ports[0]}/ws/sessions/{tab.session}/"
            words = subprotocols(tab.token)
            lines.append(
                open_ones.enter_context(connect(address, sock=narrow, subprotocols=words, close_timeout=0))
            )
        for _ in range(20):
            for line in lines:
                line.socket.sendall(_masked(json.dumps({"type": "resume", "after": 0}).encode()))
            time.sleep(0.25)


def _masked(text: bytes) -> bytes:
    """A text frame as clients send it, with a mask of zeros: written past the library, which would read."""
    return bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text
