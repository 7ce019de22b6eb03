"""The transcript as the workbench shows it: in pages, by day, and grouped by who speaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from chat.models import Message, MessageType, Sender, Session

PAGE = 50
TOGETHER = timedelta(minutes=2)
JOINING = ("in", "out")  # a note says each time that it is one
KINDS = {Sender.AI: "in", Sender.USER: "out", Sender.SYSTEM: "system"}


@dataclass(frozen=True, slots=True)
class Line:
    """`day`: the one that begins here, if one does. `joined`: goes on what the line above began."""

    message: Message
    kind: str
    day: date | None
    joined: bool


def page(session: Session, *, before: int = 0) -> list[Line]:
    """The newest messages, or the newest of those before a `seq`, in order; the first opens a day and a group."""
    rows = session.messages.order_by("-seq")
    if before:
        rows = rows.filter(seq__lt=before)
    return list(_lines(list(rows[:PAGE])[::-1]))


def _lines(messages: list[Message]) -> Iterator[Line]:
    above: Message | None = None
    for message in messages:
        new_day = above is None or _day(above) != _day(message)
        joined = (
            above is not None
            and not new_day
            and _kind(above) == _kind(message) in JOINING
            and message.created_at - above.created_at < TOGETHER
        )
        yield Line(message, _kind(message), _day(message) if new_day else None, joined)
        above = message


def _kind(message: Message) -> str:
    return "note" if message.message_type == MessageType.NOTE else KINDS[Sender(message.sender_type)]


def _day(message: Message) -> date:
    return timezone.localdate(message.created_at)
