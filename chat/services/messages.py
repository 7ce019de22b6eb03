"""Taking in what a learner types."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import TooMany
from chat.errors import Empty, ReusedId, TooLong
from chat.models import Message, MessageType, Sender, Session
from chat.services.log import add_message, announce, append, lock, require_active

LONGEST = 1000
MOST = 2000  # messages of a conversation, both sides; its score is worked out from all of them


@dataclass(frozen=True)
class Receipt:
    """`duplicate`: the same client id was stored before; `message` is that one."""

    message: Message
    duplicate: bool


@transaction.atomic
def receive_message(
    *, session_id: UUID, text: str, message_type: str, client_id: UUID | None, now: datetime
) -> Receipt:
    """Stores a reply or a note with the next `seq`; when it returns, it is committed.

    Raises Empty, TooLong (1 to 1000 code points), ReusedId (same id, other text), Finished, TooMany, Missing.
    """
    text = _clean(text)
    session = lock(session_id, active=False)
    if client_id and (stored := session.messages.filter(client_id=client_id).first()):
        if (stored.text, stored.message_type) != (text, message_type):
            raise ReusedId(_("This client id belongs to another message; send yours with a new one."))
        return Receipt(stored, duplicate=True)
    require_active(session)
    if session.last_seq >= MOST:
        raise TooMany(_("This conversation is full. Resolve the ticket, or abandon it."))
    message = add_message(
        session,
        at=now,
        sender_type=Sender.USER,
        message_type=MessageType(message_type),
        text=text,
        client_id=client_id,
    )
    if message_type == MessageType.NOTE:
        append(session, [("note", {"message": str(message.pk), "seq": message.seq})], at=now)
    else:
        _note_first_response(session, now)
    session.last_activity_at = now
    session.save()
    announce(session, [message])
    return Receipt(message, duplicate=False)


def _clean(text: str) -> str:
    """Without NUL, which no database stores, and without space around it."""
    text = text.replace("\0", "").strip()
    if not text:
        raise Empty(_("Type something before you send it."))
    if len(text) > LONGEST:
        raise TooLong(
            _("A message has at most %(most)s characters; this one has %(length)s.")
            % {"most": LONGEST, "length": len(text)}
        )
    return text


def _note_first_response(session: Session, now: datetime) -> None:
    ticket = session.ticket
    if ticket.first_response_at is not None:
        return
    if ticket.paused_at is not None:
        ticket.first_response_due += now - ticket.paused_at  # that clock stops now; the pause goes on
    ticket.first_response_at = now
    ticket.save(update_fields=["first_response_at", "first_response_due"])
