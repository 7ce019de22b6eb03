"""Which ids stand on the lines of a log (people by id alone; pages bind theirs in middleware)."""

from typing import Any
from uuid import UUID, uuid4

from structlog.contextvars import bind_contextvars, clear_contextvars


def bind_socket(user: Any, session: UUID | None = None) -> str:
    """Call once a socket knows its person: every line of its task then carries these ids. Answers the request id."""
    request_id = str(uuid4())
    clear_contextvars()
    bind_contextvars(request_id=request_id, user_id=str(user.pk))
    if session is not None:
        bind_contextvars(session_id=str(session))
    return request_id
