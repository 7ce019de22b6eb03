"""Errors in the one shape of the contract."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from accounts.errors import Refusal


class TooLarge(Refusal):
    status = 413
    code = "too_large"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("This is more than the %(kib)s KiB that one request may bring.") % {"kib": most // 1024}
        )


def error_body(path: str, status: int, message: str, details: Any = None) -> dict[str, Any]:
    body = {
        "statusCode": status,
        "error": HTTPStatus(status).phrase,
        "message": message,
        "timestamp": timezone.now().isoformat().replace("+00:00", "Z"),
        "path": path,
    }
    return body | ({"details": details} if details else {})


def explain(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None, for what is no refusal but broken: `helpdesk_sim.errors.broken` answers."""
    if isinstance(exc, RequestDataTooBig):
        exc = TooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if isinstance(exc, UnreadablePostError):
        exc = ParseError(_("The request broke off before its end."))
    if isinstance(exc, Refusal):
        return _refusal(exc, context["request"].path)
    response = exception_handler(exc, context)
    if response is None:
        return None
    data, details = response.data, None
    if isinstance(data, dict) and "detail" in data:
        message, details = str(data["detail"]), data.get("details")
    else:
        message = _("Some of what you sent needs a change; see details.")
        details = data if isinstance(data, dict) else {"nonFieldErrors": data}
    response.data = error_body(context["request"].path, response.status_code, message, details)
    return response


def _refusal(refusal: Refusal, path: str) -> Response:
    set_rollback()
    body = error_body(path, refusal.status, refusal.message, refusal.details) | refusal.extra
    waits = {"Retry-After": str(refusal.extra.get("retry_after", 5))} if refusal.status in (429, 503) else {}
    return Response(body, status=refusal.status, headers=waits)
