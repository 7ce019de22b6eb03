"""What a service says when it will not do something, in words a person can act on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _


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


class SecondFactorNeeded(NotSignedIn):
    """The password was right; a code has to come with it."""

    code = "second_factor_required"

    def __init__(self) -> None:
        told = _("Send a code of your second factor too: from your app, or one of your recovery codes.")
        super().__init__(told, details={"code": [told]}, extra={"code": self.code})


class Forbidden(Refusal, PermissionDenied):
    """Also Django's own, so that a page answers 403 without further ado."""

    status = 403
    code = "forbidden"


class SecondFactorMissing(Forbidden):
    code = "second_factor_missing"

    def __init__(self) -> None:
        told = _(
            "Your role needs a second factor. Sign in with a browser and set one up under Settings, Second factor."
        )
        super().__init__(told, extra={"code": self.code})


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
