"""A conversation in a test: minutes pass as told, nothing sleeps."""

from datetime import timedelta
from uuid import uuid4

from chat.models import Message, Session
from chat.services import receive_message, take_turn
from tests.conftest import NOW


def say(session: Session, text: str, *, after_s: float = 20, message_type: str = "reply") -> list[Message]:
    """The learner writes `after_s` seconds after the last message; what the customer answers."""
    last = session.messages.order_by("-seq").first()
    now = (last.created_at if last else NOW) + timedelta(seconds=after_s)
    receive_message(session_id=session.pk, text=text, message_type=message_type, client_id=uuid4(), now=now)
    answer = take_turn(session_id=session.pk, now=now)
    session.refresh_from_db()
    return answer


def happened(session: Session, kind: str) -> list[dict]:
    return [event.data for event in session.events.filter(kind=kind).order_by("number")]


GOOD_NOTES = {
    "problem": "VPN stops with 'Certificate validation failure (0x800B0101)'.",
    "cause": "The certificate expired while she was on leave.",
    "steps": "Verified by employee id and asset tag, re-issued the certificate, she renewed it.",
    "test": "She connected again and confirmed that it is working.",
}


def resolution(kind: str = "resolved", **changes) -> dict:
    return {
        "type": kind,
        "documentation": GOOD_NOTES,
        "cited": [],
        "team": "",
        "reason": "",
        "reported": False,
    } | changes
