"""The turns that this process makes: beside the sockets, one at a time for each session."""

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from channels.db import database_sync_to_async
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.live import Hint, Hub, packed, publish
from accounts.metrics import FAILURES
from chat import fast
from chat.customer.understanding import Reading
from chat.errors import Busy
from chat.frames import message_frame, state_frame
from chat.listening import listener_for
from chat.models import LEASE, Message, Session, Voice, group_of
from chat.services import (
    ATTEMPTS,
    Turn,
    count,
    in_words,
    is_a_model_to_speak,
    keep_calls,
    note_scripted,
    over_budget,
    put_in_words,
    read_turn,
    said_before,
    store_turn,
    think,
    understand,
)
from chat.voices.model import PATIENCE_S, Call, Line, Wording, hang_up

log = logging.getLogger(__name__)
A_MOMENT_S = 0.2
_wanted: dict[UUID, fast.Stored | None] = {}
_running: dict[UUID, asyncio.Task[None]] = {}
_late: set[UUID] = set()
"""Where a message came in as a turn was being made, not claimed yet: it may have come too late for that turn."""
_known: set[UUID] = set()
"""Versions whose worlds and listeners are in memory: thinking about them asks no database."""


def answer_soon(session_id: UUID, *, is_mine: bool, stored: fast.Stored | None = None) -> None:
    """Answers what waits in this session. `is_mine`: the turn was claimed already, else it is claimed when it is free.

    `stored`: the message that came in last, where this process stored it.
    """
    if is_mine:
        _wanted[session_id] = stored
    task = _running.get(session_id)
    if task is None or task.done():
        task = _running[session_id] = asyncio.create_task(_answer(session_id))
        task.add_done_callback(lambda done: _forget(session_id, done))
    elif not is_mine:
        _late.add(session_id)


async def answer_now(session_id: UUID) -> None:
    """As a task does it, on a loop of its own: the turns that are owed, unless somebody has them."""
    try:
        while await _claim_now(session_id):
            await _take_turn(session_id, None, fast_way=False)
    finally:
        await hang_up()


async def finish() -> None:
    """Returns when the turns that were begun are done."""
    await asyncio.gather(*_running.values(), return_exceptions=True)


def _forget(session_id: UUID, task: "asyncio.Task[None]") -> None:
    if _running.get(session_id) is task:
        del _running[session_id]
    if session_id in _wanted:  # a message came in as the last turn ended
        answer_soon(session_id, is_mine=True)
    elif session_id in _late:
        _late.discard(session_id)
        answer_soon(session_id, is_mine=False)


async def _answer(session_id: UUID) -> None:
    """What fails here is put off, and found again by the sweep."""
    try:
        if session_id not in _wanted and not await _claim(session_id):
            return
        while session_id in _wanted:
            stored = _wanted.pop(session_id)
            with _typing(session_id):
                more = await _take_turn(session_id, stored, fast_way=fast.is_here())
            if more:
                _wanted.setdefault(session_id, None)
    except Exception as error:
        log.exception("The turn of %s is put off", session_id)
        FAILURES.labels("turn").inc()
        _wanted.pop(session_id, None)
        with suppress(DatabaseError):  # then its lease runs out
            await _put_off(session_id, error)


@contextmanager
def _typing(session_id: UUID) -> Iterator[None]:
    """Shows those who look on here that the customer is composing, where that takes a moment."""
    group = group_of(session_id)
    shown: list[bool] = []

    def show(on: bool) -> None:
        shown.append(on)
        Hub.here().deliver(group, Hint("frame", packed({"type": "typing", "on": on})))

    soon = asyncio.get_running_loop().call_later(A_MOMENT_S, show, True)
    try:
        yield
    finally:
        soon.cancel()
        if shown:
            show(False)


async def _claim(session_id: UUID) -> bool:
    """Whoever has the turn may have died with it: then it is free when the lease has run out.

    A message that came in between the two questions is free at once.
    """
    for wait in (0.0, 0.1, 0.4, 1.5, 4.0, LEASE.total_seconds()):
        await asyncio.sleep(wait)
        if await _claim_now(session_id):
            _wanted[session_id] = None
            return True
        if not await _is_owed(session_id):
            return False
    return False


async def _take_turn(session_id: UUID, stored: fast.Stored | None, *, fast_way: bool) -> bool:
    """Stores one turn, where anything waits; whether more waits, which came in while a model was asked for words.

    It is asked once. Where the world moved on meanwhile, its words no longer fit, and the scripted ones are said.
    """
    recalled = fast.recall(stored) if stored else None
    asked: _Asked | None = None
    for _attempt in range(ATTEMPTS):
        session, waiting = recalled or await (fast.read if fast_way else _read)(session_id)
        recalled = None
        if not waiting or not session.is_active:
            break
        if session.version_id not in _known:
            await _get_to_know(session)
        if asked is None and is_a_model_to_speak(session):
            asked = await _ask(session, waiting)
            continue
        fits = asked if asked and session.revision == asked.at else None
        answered = waiting[: fits.messages] if fits else waiting  # what came in since gets a turn of its own
        turn = think(session, answered, timezone.now(), fits.readings if fits else None)
        turn = in_words(turn, fits.wording) if fits else turn
        if await (_store_fast if fast_way else _store)(turn):
            count(turn)
            if asked:
                await _keep_calls(turn.session, turn.id, asked.wording)
                if turn.voice != Voice.MODEL:
                    note_scripted(session_id, asked.wording.cause or "overtaken")
            return len(answered) < len(waiting)
    if asked:
        await _keep_calls(session, None, asked.wording)
    if not waiting or not session.is_active:
        return False
    raise Busy(_("The conversation is very busy; your message is kept and will be answered."))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a model said of so many `messages`, when the world stood `at` this revision."""

    at: int
    messages: int
    readings: list[Reading]
    wording: Wording


async def _ask(session: Session, waiting: list[Message]) -> _Asked:
    """How the messages are understood, and the turn in a model's words; eight seconds at most."""
    began, calls = time.monotonic(), list[Call]()
    at = session.revision
    lines, over = await _before(session, waiting)
    if over:
        return _Asked(at, len(waiting), [], Wording(cause=f"budget_{over}"))
    readings = await understand(session, waiting, calls)
    turn = think(session, waiting, timezone.now(), readings)
    wording = await put_in_words(turn, lines, PATIENCE_S - (time.monotonic() - began))
    wording.calls[:0] = calls
    return _Asked(at, len(waiting), readings, wording)


@database_sync_to_async
def _before(session: Session, waiting: list[Message]) -> tuple[list[Line], str]:
    return said_before(session, waiting), over_budget(session, timezone.now())


@database_sync_to_async
def _read(session_id: UUID) -> tuple[Session, list[Message]]:
    return read_turn(session_id)


@database_sync_to_async
def _store(turn: Turn) -> bool:
    return store_turn(turn)


async def _store_fast(turn: Turn) -> bool:
    """Commits and publishes the turn; False where the session moved on."""
    if not await fast.store_turn(turn):
        return False
    session = turn.session
    fast.remember(session)
    for message in turn.said:
        publish(session.group, message_frame(message))
    publish(session.group, state_frame(session))
    return True


async def _keep_calls(session: Session, turn_id: UUID | None, wording: Wording) -> None:
    """What it cost is no reason to fail a turn that stands."""
    with suppress(DatabaseError):
        await database_sync_to_async(keep_calls)(
            session=session, turn_id=turn_id, wording=wording, now=timezone.now()
        )


@database_sync_to_async
def _get_to_know(session: Session) -> None:
    listener_for(session.version_id, session.document)
    _known.add(session.version_id)


@database_sync_to_async
def _claim_now(session_id: UUID) -> bool:
    return Session.objects.filter(pk=session_id).claim(timezone.now()) is not None


@database_sync_to_async
def _put_off(session_id: UUID, error: Exception) -> None:
    Session.objects.put_off(Session.objects.get(pk=session_id), error, timezone.now())


@database_sync_to_async
def _is_owed(session_id: UUID) -> bool:
    return Session.objects.unanswered().filter(pk=session_id).exists()
