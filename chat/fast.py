"""The conversation's fast path on PostgreSQL: three fixed statements on connections of its own.

A message is one statement, a turn one more: what it writes, all or nothing. Where the session stands is read before
only if it was not this process that made its last turn, or if anything happened since.
Each does what a service does (receive_message, take_turn) in the usual case; in every other case it
does nothing, and the caller goes to the service, which finds out why. Tests hold the statements
against the models and the rows of both ways against each other.
"""

import asyncio
import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from accounts.live import Hub, packed
from chat.models import LEASE, Message, MessageType, Sender, Session, Ticket
from chat.services import MOST, Place, Turn

try:
    from asyncpg import InterfaceError, PostgresError, UniqueViolationError

    FAILURES: tuple[type[Exception], ...] = (PostgresError, InterfaceError)
except ImportError:  # the embedded kind has no PostgreSQL
    FAILURES = ()
MOST_REMEMBERED = 2000  # sessions
_remembered: OrderedDict[UUID, Session] = OrderedDict()
PATIENCE_S = 5.0  # for a connection, a lock, a statement; then the client is told to try again

STORE_MESSAGE = """
WITH session AS (
    UPDATE chat_session SET
        last_seq = last_seq + 1, last_activity_at = $5,
        turn_due_at = CASE WHEN turn_due_at > $5 THEN turn_due_at ELSE $6 END,
        turn_attempts = CASE WHEN turn_due_at > $5 THEN turn_attempts ELSE turn_attempts + 1 END
    WHERE id = $1 AND learner_id = $2 AND status = 'active' AND last_seq < $7
        AND NOT EXISTS (SELECT FROM chat_message WHERE session_id = $1 AND client_id = $4)
    RETURNING id, last_seq, turn_due_at, revision, last_event
)
INSERT INTO chat_message (id, session_id, seq, sender_type, message_type, text, created_at, client_id)
SELECT $8, id, last_seq, 'user', 'reply', $3, $5, $4 FROM session
RETURNING seq,
    (SELECT turn_due_at = $6 FROM session) AS is_mine,
    (SELECT revision FROM session) AS revision,
    (SELECT last_event FROM session) AS last_event
"""
STORE_FIRST_MESSAGE = STORE_MESSAGE.replace(
    ")\nINSERT",
    """), first_response AS (
    UPDATE chat_ticket SET
        first_response_at = $5,
        first_response_due = first_response_due + coalesce($5 - paused_at, interval '0')
    FROM session WHERE session_id = session.id AND first_response_at IS NULL
)
INSERT""",
)
READ = """
SELECT {session}, {ticket} FROM chat_session
JOIN chat_ticket ON chat_ticket.session_id = chat_session.id WHERE chat_session.id = $1
"""
READ_WAITING = """
SELECT {message} FROM chat_message
WHERE session_id = $1 AND sender_type = 'user' AND message_type = 'reply' AND turn_id IS NULL ORDER BY seq
"""
STORE_TURN = """
WITH session AS (
    UPDATE chat_session SET
        revision = $5, last_seq = $6, last_event = $7, next_event_at = $8,
        world = coalesce($9, world), desk = coalesce($10, desk), turn_due_at = NULL, turn_attempts = 0, turn_error = ''
    WHERE id = $1 AND status = 'active' AND revision = $2 AND last_seq = $3 AND last_event = $4
    RETURNING id
), answered AS (
    UPDATE chat_message SET turn_id = $11 FROM session
    WHERE session_id = session.id AND chat_message.id = ANY($12::uuid[])
), said AS (
    INSERT INTO chat_message
        (id, session_id, seq, sender_type, message_type, text, created_at, turn_id, in_reply_to)
    SELECT m.id, session.id, m.seq, $13, 'reply', m.text, $14, $11, $15
    FROM session, unnest($16::uuid[], $17::int[], $18::text[]) AS m (id, seq, text)
), happened AS (
    INSERT INTO chat_event (session_id, number, kind, data, at)
    SELECT session.id, e.number, e.kind, e.data::jsonb, $19
    FROM session, unnest($20::int[], $21::text[], $22::text[]) AS e (number, kind, data)
)
SELECT count(*) FROM session
"""
STORE_TURN_THAT_RESUMES = STORE_TURN.replace(
    ")\nSELECT",
    """), resumed AS (
    UPDATE chat_ticket SET
        status = $23, sla_pause_reason = $24, paused_at = $25, first_response_due = $26, resolution_due = $27
    FROM session WHERE session_id = session.id
)
SELECT""",
)


def columns(model: Any) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def _named(model: Any) -> str:
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns(model))


READ = READ.format(session=_named(Session), ticket=_named(Ticket))
READ_WAITING = READ_WAITING.format(message=_named(Message))


@dataclass(frozen=True, slots=True)
class Stored:
    """`is_mine`: the customer's turn is this process's to make. `place`: where the session stands with the message."""

    message: Message
    is_mine: bool
    place: Place


def is_here() -> bool:
    return connection.vendor == "postgresql"


async def store_message(
    *, session_id: UUID, learner_id: UUID, text: str, client_id: UUID, now: datetime
) -> Stored | None:
    """A reply of the session's learner, committed; None where it is not the usual case (sent before, finished, full)."""
    message = Message(
        id=uuid4(),
        session_id=session_id,
        sender_type=Sender.USER,
        message_type=MessageType.REPLY,
        text=text,
        created_at=now,
        client_id=client_id,
    )
    due, known = now + LEASE, _remembered.get(session_id)
    is_later = known is not None and known.ticket.first_response_at is not None
    statement = STORE_MESSAGE if is_later else STORE_FIRST_MESSAGE
    try:
        row = await _run(
            "fetchrow", statement, session_id, learner_id, text, client_id, now, due, MOST, message.pk
        )
    except UniqueViolationError:  # its twin came in at the same moment
        return None
    if row is None:
        return None
    message.seq = row["seq"]
    return Stored(message, row["is_mine"], Place(row["revision"], row["seq"], row["last_event"]))


async def read(session_id: UUID) -> tuple[Session, list[Message]]:
    """The session with its ticket, and what waits for the customer, in order.

    What comes in between the two statements is noticed when the turn is stored.
    """
    row = tuple(await _run("fetchrow", READ, session_id))
    waiting = await _run("fetch", READ_WAITING, session_id)
    width = len(columns(Session))
    session = _loaded(Session, row[:width])
    session.ticket = _loaded(Ticket, row[width:])
    return session, [_loaded(Message, tuple(message)) for message in waiting]


def remember(session: Session) -> None:
    """As its turn left it: nothing waits."""
    _remembered[session.pk] = session
    while len(_remembered) > MOST_REMEMBERED:
        _remembered.popitem(last=False)


def recall(stored: Stored) -> tuple[Session, list[Message]] | None:
    """As `read` would have it with this message, where nothing else has happened since the last turn made here."""
    session = _remembered.pop(stored.message.session_id, None)
    if (
        session is None or session.ticket.paused_at is not None
    ):  # the message may have moved the ticket's clocks
        return None
    if stored.place != Place(session.revision, session.last_seq + 1, session.last_event):
        return None
    session.last_seq += 1
    return session, [stored.message]


async def store_turn(turn: Turn) -> bool:
    """Commits the turn; False, and nothing is written, where the session moved on since it was read."""
    session, seen, said, happened = turn.session, turn.seen, turn.said, turn.happened
    ticket = session.ticket
    resumed = (
        ticket.status,
        ticket.sla_pause_reason,
        ticket.paused_at,
        ticket.first_response_due,
        ticket.resolution_due,
    )
    return bool(
        await _run(
            "fetchval",
            STORE_TURN_THAT_RESUMES if turn.resumed else STORE_TURN,
            session.pk,
            seen.revision,
            seen.last_seq,
            seen.last_event,
            session.revision,
            session.last_seq,
            session.last_event,
            session.next_event_at,
            packed(session.world) if "world" in turn.changed else None,
            packed(session.desk) if "desk" in turn.changed else None,
            turn.id,
            [message.pk for message in turn.answered],
            said[0].sender_type,
            said[0].created_at,
            said[0].in_reply_to,
            [message.pk for message in said],
            [message.seq for message in said],
            [message.text for message in said],
            turn.answered[-1].created_at,
            [event.number for event in happened],
            [event.kind for event in happened],
            [packed(event.data) for event in happened],
            *(resumed if turn.resumed else ()),
        )
    )


def _loaded(model: Any, row: tuple[Any, ...]) -> Any:
    """A row as the ORM would have it, JSON read."""
    values = [
        json.loads(value) if value is not None and field.get_internal_type() == "JSONField" else value
        for field, value in zip(model._meta.concrete_fields, row, strict=True)
    ]
    return model.from_db("default", [field.attname for field in model._meta.concrete_fields], values)


# --- Connections: some for each event loop, as long as it has sockets -------------------------------
_kept: dict[asyncio.AbstractEventLoop, "_Connections"] = {}


class _Connections:
    """At most `CHAT_POOL`, opened as they are needed; who finds all in use waits.

    Our statements leave nothing behind on them, so none has to be tidied up between two: asyncpg's own pool
    does that, and costs a tenth of a message.
    """

    def __init__(self) -> None:
        self.idle: list[Any] = []
        self.free = asyncio.Semaphore(settings.CHAT_POOL)

    async def run(self, method: str, *statement: Any) -> Any:
        """`fetch`, `fetchrow` or `fetchval` of asyncpg; raises `FAILURES`, or TimeoutError after five seconds."""
        if self.free.locked():
            async with asyncio.timeout(PATIENCE_S):
                await self.free.acquire()
        else:
            await self.free.acquire()
        db = None
        try:
            db = self._an_idle_one() or await self._another()
            return await getattr(db, method)(*statement)
        except FAILURES:
            raise
        except BaseException:  # cut off in the middle of something
            if db is not None:
                db.terminate()
            raise
        finally:
            if db is not None and not db.is_closed():
                self.idle.append(db)
            self.free.release()

    def _an_idle_one(self) -> Any:
        while self.idle:
            if not (db := self.idle.pop()).is_closed():
                return db
        return None

    async def _another(self) -> Any:
        import asyncpg

        return await asyncpg.connect(**_address())

    async def close(self) -> None:
        while self.idle:
            await self.idle.pop().close()


async def _run(method: str, *statement: Any) -> Any:
    loop = asyncio.get_running_loop()
    if loop not in _kept:
        _kept[loop] = _Connections()
        Hub.here().farewells.append(close)
    return await _kept[loop].run(method, *statement)


async def close() -> None:
    """Ends the connections of the running loop."""
    await _kept.pop(asyncio.get_running_loop()).close()


def _address() -> dict[str, Any]:
    """Django's own database, in asyncpg's words."""
    own = connection.settings_dict
    patience_ms = str(int(PATIENCE_S * 1000))
    return {
        "host": own["HOST"] or None,
        "port": own["PORT"] or None,
        "user": own["USER"] or None,
        "password": own["PASSWORD"] or None,
        "database": own["NAME"],
        "ssl": own["OPTIONS"].get("sslmode"),
        "timeout": PATIENCE_S,
        "command_timeout": PATIENCE_S,
        "server_settings": {
            "application_name": "helpdesk chat",
            "lock_timeout": patience_ms,
            "plan_cache_mode": "force_generic_plan",  # our statements have one good plan each
        },
    }
