"""What a service says when it will not do something, in words a person can act on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise


class Refusal(Exception):
    """`details` maps a field to its messages; `extra` is merged into the body of the API's answer."""

    status = 400
    code = "bad_request"

    def __init__(
        self,
        message: str | Promise,
        *,
        details: dict[str, Any] | None = None,
        extra: dict[str, Any] | None = None,
    ) -> None:
        self.message = str(message)
        super().__init__(self.message)
        self.details = details
        self.extra = extra or {}


class NotSignedIn(Refusal):
    status = 401
    code = "not_signed_in"


class Forbidden(Refusal, PermissionDenied):
    """Also Django's own, so that a page answers 403 without further ado."""

    status = 403
    code = "forbidden"


class Missing(Refusal, Http404):
    """Also Django's own, so that a page answers 404 without further ado."""

    status = 404
    code = "missing"


class Conflict(Refusal):
    status = 409
    code = "conflict"


class Unprocessable(Refusal):
    status = 422
    code = "unprocessable"


class TooMany(Refusal):
    """Put `extra={"retry_after": seconds}`; the API answers it as `Retry-After` too."""

    status = 429
    code = "rate_limited"


class Unavailable(Refusal):
    status = 503
    code = "unavailable"
