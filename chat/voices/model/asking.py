"""A turn's words from a model: asked, listened to, asked once more with the reason, or not at all.

Never raises and never takes longer than eight seconds: where no good words come, the scripted ones stand.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import stamina

from chat.voices.model.endpoint import Garbled, Habits, Place, Said, Way, ask, client_for, openai
from chat.voices.model.guard import Fault, ReplyGuard
from chat.voices.model.prompt import Line, Plan, Prompt, meaning_prompt, prompt_for

log = logging.getLogger(__name__)
PATIENCE_S = 8.0
MEANING_S = 2.5  # of them, to find out what was meant
SOON_S = 1.0  # a provider who wants a longer pause is not waited for
TRIES = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One exchange with the endpoint. `result`: "worded", or the kind of what was wrong."""

    result: str
    seconds: float
    prompt_hash: str
    way: str
    tokens_in: int
    tokens_out: int
    is_counted: bool  # by the provider; else reckoned from the length


@dataclass(slots=True)
class Wording:
    """`texts`: the model's words, or None, and `cause` says why; `calls` are what it took."""

    texts: tuple[str, ...] | None = None
    cause: str = ""
    calls: list[Call] = field(default_factory=list)


_habits: dict[tuple[str, str], Habits] = {}
_clients: dict[asyncio.AbstractEventLoop, tuple[Place, Any]] = {}


def habits_of(place: Place) -> Habits:
    """What this process has learnt of an endpoint."""
    return _habits.setdefault((place.base_url, place.model), Habits())


async def word(
    plan: Plan, lines: Sequence[Line], guard: ReplyGuard, place: Place, patience_s: float | None = None
) -> Wording:
    """The plan in the model's words, or the cause why not."""
    wording = Wording()

    async def ask_twice() -> None:
        wording.texts, wording.cause = await _worded(plan, lines, guard, place, wording.calls)

    wording.cause = await _tried(ask_twice, place, patience_s or PATIENCE_S) or wording.cause
    return wording


async def mean(text: str, acts: Mapping[str, str], place: Place, calls: list[Call]) -> str:
    """The name of the act that a message means, "" for none of them, or where nothing came of asking."""
    found = ""

    async def ask_once() -> None:
        nonlocal found
        said = await _said(place, meaning_prompt(text, acts), "", calls, last=True)
        found = str(said.answer["act"]) if said else ""

    await _tried(ask_once, place, MEANING_S)
    return found if found in acts else ""


async def probe(place: Place) -> Call | None:
    """Finds out by which way the endpoint is to be asked; the last exchange, None where none came about."""
    calls: list[Call] = []
    for _ in Way:
        await mean("Good morning!", {"greets": "a greeting", "asks": "a question"}, place, calls)
        if not calls or calls[-1].result == "worded":
            break
        habits_of(place).next_way()
    return calls[-1] if calls else None


async def _tried(work: Callable[[], Awaitable[None]], place: Place, patience_s: float) -> str:
    """The cause why nothing came of it, in a word; "" where it ended."""
    from chat.voices.model.breaker import Open, breaker_of  # brings a client of Redis: for who has a model

    try:
        async with asyncio.timeout(patience_s), await breaker_of(_name(place)):
            await work()
    except Open:
        return "resting"
    except TimeoutError:
        return "timeout"
    except Garbled as error:
        return str(error.args[0])
    except openai().APIStatusError as error:
        return f"status_{error.status_code}"
    except openai().OpenAIError as error:
        return "timeout" if isinstance(error, openai().APITimeoutError) else "unreachable"
    except Exception:
        log.exception("A model could not be asked")
        return "fault"
    return ""


async def _worded(
    plan: Plan, lines: Sequence[Line], guard: ReplyGuard, place: Place, calls: list[Call]
) -> tuple[tuple[str, ...] | None, str]:
    prompt, correction = prompt_for(plan, lines), ""
    for last in (False, True):
        said = await _said(place, prompt, correction, calls, last=last)
        if said is None:
            correction = "Answer with the JSON object alone."
            continue
        texts, used = said.answer["messages"], said.answer["used"]
        if not (_are_texts(texts) and _are_texts(used)):
            raise Garbled("no_json")
        faults = list(guard.faults(texts, used, plan, lines))
        calls[-1] = _judged(calls[-1], faults)
        if not faults:
            return tuple(text.strip() for text in texts), ""
        correction = "Your last answer was not taken. " + " ".join(dict.fromkeys(f.reason for f in faults))
    return None, calls[-1].result


async def _said(
    place: Place, prompt: Prompt, correction: str, calls: list[Call], *, last: bool
) -> Said | None:
    """One answer; None where what came is no JSON and may be asked for once more, another way."""
    habits, client = habits_of(place), _client(place)
    while True:
        began = time.monotonic()

        def note(result: str, said: Said | None = None, began: float = began) -> None:
            calls.append(_call(result, time.monotonic() - began, prompt, habits, said))

        try:
            async for attempt in stamina.retry_context(
                on=_is_worth_another,
                attempts=TRIES,
                timeout=PATIENCE_S,
                wait_initial=0.2,
                wait_max=SOON_S,
                wait_jitter=0.2,
            ):
                with attempt:
                    said = await ask(client, place, prompt, habits, correction)
            note("worded", said)
            return said
        except openai().APIStatusError as error:
            note(f"status_{error.status_code}")
            if not habits.learn(error.status_code, str(error)):
                raise
        except Garbled as error:
            note(str(error.args[0]))
            if last:
                raise
            habits.next_way()
            return None
        except BaseException as error:
            is_away = isinstance(error, openai().APIConnectionError)
            note("unreachable" if is_away and not isinstance(error, openai().APITimeoutError) else "timeout")
            raise


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_worth_another(error: Exception) -> bool | float:
    """Whether, or in how many seconds, the same call may go through."""
    if isinstance(error, openai().APIStatusError):
        wait = error.response.headers.get("retry-after", "")
        if wait:
            seconds = float(wait) if wait.replace(".", "", 1).isdigit() else PATIENCE_S
            return seconds if seconds <= SOON_S else False
        return bool(error.status_code in (408, 409, 429) or error.status_code >= 500)
    return isinstance(error, openai().APIConnectionError) and not isinstance(error, openai().APITimeoutError)


def _call(result: str, seconds: float, prompt: Prompt, habits: Habits, said: Said | None) -> Call:
    counted = said is not None and said.tokens_in is not None and said.tokens_out is not None
    if counted:
        assert said and said.tokens_in is not None and said.tokens_out is not None
        tokens_in, tokens_out = said.tokens_in, said.tokens_out
    else:  # four characters a token, as English has it
        tokens_in = len(prompt.system + prompt.data) // 4
        tokens_out = len(str(said.answer)) // 4 if said else 0
    return Call(result, seconds, prompt.hash, habits.way, tokens_in, tokens_out, counted)


def _judged(call: Call, faults: Sequence[Fault]) -> Call:
    return replace(call, result=f"guard_{faults[0].kind}") if faults else call


def _client(place: Place) -> Any:
    """Connections are kept, by each event loop its own."""
    loop = asyncio.get_running_loop()
    kept = _clients.get(loop)
    if kept is None or kept[0] != place:
        for gone in [other for other in _clients if other.is_closed()]:
            del _clients[gone]
        kept = _clients[loop] = (place, client_for(place, PATIENCE_S))
    return kept[1]


async def hang_up() -> None:
    """Ends the connections of the running loop."""
    if kept := _clients.pop(asyncio.get_running_loop(), None):
        await kept[1].close()


def _name(place: Place) -> str:
    return sha256(f"{place.base_url} {place.model}".encode()).hexdigest()[:16]
