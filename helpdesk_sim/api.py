"""The shape of what goes in and out of the API: bodies, pages of a list, errors (wire contract)."""

import json
from http import HTTPStatus
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from djangorestframework_camel_case.parser import CamelCaseJSONParser
from rest_framework.exceptions import ParseError
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from accounts.errors import Refusal


class PlainJSONParser(CamelCaseJSONParser):
    """JSON that can be taken apart, stored and said again.

    Depth without end, numbers beyond all bounds and halves of characters are refused (400) before anything sees them.
    """

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        except (RecursionError, ValueError) as error:
            raise ParseError(
                _("This JSON is nested too deeply, or holds what is no number or no text.")
            ) from error
        return data


class Pages(PageNumberPagination):
    """`?page=`, `?limit=` (1 to 100); answers `{data, meta, links}`."""

    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100

    def get_paginated_response(self, data: list[Any]) -> Response:
        paginator = self.page.paginator
        return Response(
            {
                "data": data,
                "meta": {
                    "page": self.page.number,
                    "limit": paginator.per_page,
                    "total": paginator.count,
                    "totalPages": paginator.num_pages,
                },
                "links": {
                    "first": self._link(1),
                    "prev": self.get_previous_link(),
                    "next": self.get_next_link(),
                    "last": self._link(paginator.num_pages),
                },
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        number = {"type": "integer"}
        return {
            "type": "object",
            "required": ["data", "meta", "links"],
            "properties": {
                "data": schema,
                "meta": {
                    "type": "object",
                    "properties": dict.fromkeys(("page", "limit", "total", "totalPages"), number),
                },
                "links": {
                    "type": "object",
                    "properties": dict.fromkeys(("first", "prev", "next", "last"), link),
                },
            },
        }

    def _link(self, number: int) -> str:
        from rest_framework.utils.urls import replace_query_param

        return replace_query_param(self.request.build_absolute_uri(), self.page_query_param, number)


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
    """DRF's exception handler, in the one shape of the contract."""
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
    body = error_body(context["request"].path, response.status_code, message, details)
    response.data = body
    return response


def _refusal(refusal: Refusal, path: str) -> Response:
    set_rollback()
    body = error_body(path, refusal.status, refusal.message, refusal.details) | refusal.extra
    waits = {"Retry-After": str(refusal.extra.get("retry_after", 5))} if refusal.status in (429, 503) else {}
    return Response(body, status=refusal.status, headers=waits)
