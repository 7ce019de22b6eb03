"""Errors are reported to Sentry, when `SENTRY_DSN` says where; nothing personal goes with them."""

from typing import Any

from django.conf import settings
from structlog.contextvars import get_contextvars

from helpdesk_sim.logs import mask

OF_A_REQUEST = ("method", "url")
IDS = ("request_id", "session_id", "user_id", "task_id")


def report_errors(part: str) -> None:
    """Nothing without the setting; the package comes with the production kind."""
    if not settings.SENTRY_DSN:
        return
    import sentry_sdk

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=lambda event, hint: _discreet(event),
    )
    sentry_sdk.set_tag("part", part)


def _discreet(event: Any) -> Any:
    """Masked as the log is, with ids instead of people; of a request its method and address without the query."""
    event.pop("user", None)
    if "request" in event:
        event["request"] = {name: event["request"].get(name, "") for name in OF_A_REQUEST}
    ids = get_contextvars()
    event["tags"] = dict(event.get("tags") or {}) | {name: ids[name] for name in IDS if name in ids}
    return _masked(event)


def _masked(value: Any) -> Any:
    match value:
        case str():
            return mask(value)
        case dict():
            return {name: _masked(each) for name, each in value.items()}
        case list() | tuple():
            return [_masked(each) for each in value]
        case _:
            return value
