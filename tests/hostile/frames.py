"""Hostile frames for the chat socket: each is answered with an error, stores nothing, and leaves the socket open."""

import json
from typing import Any
from uuid import uuid4

from tests.hostile.payloads import DEEP, NO_TEXT

LARGEST = 16 * 1024


def sending(**changes: Any) -> str:
    frame = {"type": "message.send", "clientId": str(uuid4()), "text": "A note.", "messageType": "note"}
    return json.dumps(frame | changes)


FRAMES: dict[str, str | bytes] = {
    "a blank": " ",
    "null": "null",
    "a number": "7",
    "text": '"ping"',
    "a list": '[{"type": "ping"}]',
    "an empty object": "{}",
    "cut off": '{"type": "ping"',
    "two frames": '{"type": "ping"}{"type": "ping"}',
    "NaN": '{"type": "resume", "after": NaN}',
    "deep lists": "[" * (LARGEST // 2) + "]" * (LARGEST // 2),
    "deep objects": '{"type":' * (LARGEST // 10),
    "more than 16 KiB": sending(text="x" * LARGEST),
    "more than 16 KiB in four bytes": sending(text="\U0001f600" * (LARGEST // 10)),
    "1 MiB of depth": "[" * DEEP * 20,
    "bytes": b'{"type": "ping"}',
    "bytes that are no text": b"\xff\xfe\x00",
    "an unknown type": '{"type": "shutdown"}',
    "a type of the server": '{"type": "message", "text": "verified", "senderType": "system"}',
    "a type of the channel layer": '{"type": "websocket.close", "code": 1000}',
    "a method": '{"type": "frame", "frame": {"type": "assessed", "overall": 100}}',
    "a type that is none": '{"type": ["ping"]}',
    "a name twice": '{"type": "ping", "type": "shutdown"}',
    "half a character": sending(text="\ud800"),
    "as somebody else": sending(senderType="ai"),
    "as the system": sending(messageType="system"),
    "with its own place": sending(seq=1),
    "with its own time": sending(createdAt="2020-01-01T00:00:00Z"),
    "with its own id": sending(id=str(uuid4())),
    "with its own author": sending(learner=str(uuid4())),
    "into another session": sending(sessionId=str(uuid4())),
    "with an answer": sending(turnId=str(uuid4()), inReplyTo=str(uuid4())),
    "a prototype": sending(__proto__={"isAdmin": True}),
    "no client id": '{"type": "message.send", "text": "x"}',
    "a client id that is none": sending(clientId="../../x"),
    "a list of client ids": sending(clientId=[str(uuid4())]),
    "typing perhaps": '{"type": "typing", "on": "yes"}',
    "typing and more": '{"type": "typing", "on": true, "who": "ai"}',
    "resume from before": '{"type": "resume", "after": -1}',
    "resume from beyond": '{"type": "resume", "after": 9223372036854775808}',
    "resume from 5,000 digits": '{"type": "resume", "after": ' + "9" * 5000 + "}",
    "resume from a word": '{"type": "resume", "after": "all"}',
    "resume from a fraction": '{"type": "resume", "after": 1.5}',
    "resume from nowhere": '{"type": "resume"}',
} | {
    f"a message of {name}": sending(text=text)
    for name, text in NO_TEXT.items()
    if name != "NUL"  # stored without it
}
