from chat.models.calls import ModelCall
from chat.models.listening import Lexicon
from chat.models.log import Event, Message, MessageType, Sender
from chat.models.session import HEAVY, LEASE, EndedBy, Mode, Session, SessionQuerySet, Status, Voice, group_of
from chat.models.ticket import Ticket, TicketStatus, Weight, priority_of

__all__ = [
    "HEAVY",
    "LEASE",
    "EndedBy",
    "Event",
    "Lexicon",
    "Message",
    "MessageType",
    "Mode",
    "ModelCall",
    "Sender",
    "Session",
    "SessionQuerySet",
    "Status",
    "Ticket",
    "TicketStatus",
    "Voice",
    "Weight",
    "group_of",
    "priority_of",
]
