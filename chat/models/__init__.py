from chat.models.listening import Lexicon
from chat.models.log import Event, Message, MessageType, Sender
from chat.models.session import EndedBy, Mode, Session, Status
from chat.models.ticket import Ticket, TicketStatus, Weight, priority_of

__all__ = [
    "EndedBy",
    "Event",
    "Lexicon",
    "Message",
    "MessageType",
    "Mode",
    "Sender",
    "Session",
    "Status",
    "Ticket",
    "TicketStatus",
    "Weight",
    "priority_of",
]
