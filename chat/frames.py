"""Frames of the chat socket (wire contract). Keys are camelCase, times RFC 3339 in UTC."""

from typing import Any

from chat.models import Message, Session
from chat.selectors import session_view
from chat.times import rfc3339

Frame = dict[str, Any]


def message_frame(message: Message) -> Frame:
    from_learner = message.sender_type == "user"
    return {
        "type": "message",
        "id": str(message.pk),
        "seq": message.seq,
        "senderType": message.sender_type,
        "messageType": message.message_type,
        "text": message.text,
        "createdAt": rfc3339(message.created_at),
        "turnId": str(message.turn_id) if message.turn_id and not from_learner else None,
        "inReplyTo": str(message.in_reply_to) if message.in_reply_to else None,
        "clientId": str(message.client_id) if message.client_id else None,
    }


def state_frame(session: Session) -> Frame:
    return {"type": "state", "session": session_view(session), "lastSeq": session.last_seq}


def ack_frame(message: Message, *, duplicate: bool) -> Frame:
    return {
        "type": "ack",
        "clientId": str(message.client_id),
        "id": str(message.pk),
        "seq": message.seq,
        "duplicate": duplicate,
    }


def error_frame(
    code: str,
    message: str,
    *,
    client_id: str | None = None,
    retryable: bool = False,
    retry_after: float | None = None,
) -> Frame:
    frame: Frame = {"type": "error", "code": code, "message": message, "retryable": retryable}
    if client_id:
        frame["clientId"] = client_id
    if retry_after is not None:
        frame["retryAfter"] = retry_after
    return frame
