"""Canned replies: openings and routines every desk keeps, with this ticket's variables filled in."""

from chat.models import Session

REPLIES = (
    ("hello", "Hello {customer}, this is {analyst} at the service desk. I have your ticket {number}."),
    ("verify", "Before I change anything I need to confirm who I am talking to."),
    ("hold", "Give me two minutes to look at this, please."),
    ("check", "Could you try it once more and tell me what you see?"),
    ("else", "Is there anything else I can do for you today?"),
    ("bye", "Thank you, {customer}. Your reference is {number}. Have a good day."),
)


def canned_replies(session: Session) -> list[dict[str, str]]:
    """[{name, text}], the variables filled in."""
    values = {
        "customer": session.document.customer.name.split()[0],
        "analyst": session.learner.first_name or "your analyst",
        "number": session.ticket.number,
    }
    return [{"name": name, "text": text.format(**values)} for name, text in REPLIES]
