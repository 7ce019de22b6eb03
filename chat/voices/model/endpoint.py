"""One call to an OpenAI-compatible endpoint: three ways to ask for JSON, never more than is wanted back.

Plain HTTP and JSON; whose turn it is, what may be said and what it may cost is decided elsewhere.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from chat.voices.model.prompt import Prompt

LARGEST = 256 * 1024  # bytes of an answer that are read
MOST_TOKENS = 400  # of an answer
FENCE = re.compile(r"^\s*```(?:json)?\s*|\s*```\s*$")


class Way(StrEnum):
    """How an answer's shape is asked for; the best that an endpoint can is taken."""

    SCHEMA = "json_schema"
    TOOL = "tool"
    TEXT = "text"


def asked_by(way: Way, properties: dict[str, Any]) -> dict[str, Any]:
    """What a request holds besides, for an object with these properties, all of them required."""
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    if way == Way.SCHEMA:
        shape = {"name": "reply", "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": shape}}
    if way == Way.TOOL:
        tool = {"type": "function", "function": {"name": "reply", "parameters": schema}}
        return {"tools": [tool], "tool_choice": {"type": "function", "function": {"name": "reply"}}}
    return {}


class Garbled(Exception):
    """The endpoint answered with something that is no reply; `args[0]` says what in one word."""


@dataclass(frozen=True, slots=True)
class Said:
    """The object that came back. `tokens_in`, `tokens_out` as the provider counts them; None where it does not say."""

    answer: dict[str, Any]
    tokens_in: int | None
    tokens_out: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model answers, and how it is asked. `stream`: for endpoints that only stream."""

    base_url: str
    api_key: str
    model: str
    temperature: float
    stream: bool


@dataclass(slots=True)
class Habits:
    """What an endpoint takes, learnt from what it refuses."""

    way: Way = Way.SCHEMA
    limit: str = "max_completion_tokens"
    has_temperature: bool = True

    def learn(self, status: int, words: str) -> bool:
        """Whether there is another way to ask after this refusal."""
        if status not in (400, 404, 422, 501):
            return False
        if self.limit in words and self.limit != "max_tokens":
            self.limit = "max_tokens"
            return True
        if "temperature" in words and self.has_temperature:
            self.has_temperature = False
            return True
        return self.next_way()

    def next_way(self) -> bool:
        ways = list(Way)
        more = ways[ways.index(self.way) + 1 :]
        self.way = more[0] if more else Way.SCHEMA
        return bool(more)


@cache
def openai() -> Any:
    """Imported at the first call: who has no model pays nothing."""
    import openai as found

    return found


def client_for(place: Place, timeout_s: float) -> Any:
    """Retries are made in one place, and that is not here."""
    return openai().AsyncOpenAI(
        api_key=place.api_key, base_url=place.base_url, timeout=timeout_s, max_retries=0
    )


async def ask(client: Any, place: Place, prompt: Prompt, habits: Habits, correction: str) -> Said:
    """Raises Garbled, or what `openai` raises: APIConnectionError, APITimeoutError, APIStatusError."""
    content = f"{prompt.data}\n\n{correction}" if correction else prompt.data
    call = client.chat.completions.with_streaming_response.create(
        model=place.model,
        messages=[{"role": "system", "content": prompt.system}, {"role": "user", "content": content}],
        stream=place.stream,
        **({"stream_options": {"include_usage": True}} if place.stream else {}),
        **({"temperature": place.temperature} if habits.has_temperature else {}),
        **{habits.limit: MOST_TOKENS},
        **asked_by(habits.way, dict(prompt.properties)),
    )
    async with call as response:
        body = bytearray()
        async for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST:
                raise Garbled("too_long")
        kind = response.headers.get("content-type", "")
    return _read(bytes(body), kind.startswith("text/event-stream"), prompt)


def _read(body: bytes, streamed: bool, prompt: Prompt) -> Said:
    text = body.decode("utf-8", "replace")
    try:
        content, usage = _streamed(text) if streamed else _whole(json.loads(text))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise Garbled("no_answer") from None
    answer = _object_in(content, set(prompt.properties))
    return Said(answer, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _whole(answer: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return _content(answer["choices"][0]["message"]), answer.get("usage") or {}


def _streamed(text: str) -> tuple[str, dict[str, Any]]:
    """Events of a stream, put together."""
    content = ""
    usage: dict[str, Any] = {}
    for event in _events(text):
        usage = event.get("usage") or usage
        for choice in event.get("choices") or []:
            content += _content(choice["delta"])
    return content, usage


def _events(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        data = line.removeprefix("data:").strip()
        if line.startswith("data:") and data != "[DONE]":
            yield json.loads(data)


def _content(message: dict[str, Any]) -> str:
    """The text, or what a tool was called with."""
    calls = message.get("tool_calls") or []
    return "".join(call["function"].get("arguments") or "" for call in calls) or message.get("content") or ""


def _object_in(content: str, names: set[str]) -> dict[str, Any]:
    """JSON, mended once where it stands in a fence or between other words."""
    for text in (content, FENCE.sub("", content), content[content.find("{") : content.rfind("}") + 1]):
        try:
            found = json.loads(text)
        except ValueError:
            continue
        if isinstance(found, dict) and names <= found.keys():
            return found
    raise Garbled("no_json" if content.strip() else "empty")


def _count(usage: dict[str, Any], name: str) -> int | None:
    value = usage.get(name)
    return value if isinstance(value, int) and 0 <= value < 10**7 else None
