"""Every request has an id: on its log lines, in the tasks that it causes, and in its answer as `X-Request-ID`."""

import re
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

HEADER = "X-Request-ID"
SANE = re.compile(r"[\w-]{8,64}", re.ASCII)


class RequestIds:
    """Takes the id that a proxy gave, if it looks like one; binds the session's and the person's as they are known.

    They stay bound when the answer is made, for the lines of the server about it, until the next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if SANE.fullmatch(given) else str(uuid4())
        clear_contextvars()
        bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response[HEADER] = request_id
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, object]
    ) -> None:
        if request.user.is_authenticated:
            bind_contextvars(user_id=str(request.user.pk))
        match = request.resolver_match
        name = "pk" if match and "sessions/<uuid:pk>" in match.route else "session_id"
        if name in kwargs:
            bind_contextvars(session_id=str(kwargs[name]))
