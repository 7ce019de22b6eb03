"""Lists, page by page."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from chat.whole import whole_number


class Pages(PageNumberPagination):
    """`?page=`, `?limit=` (1 to 100); answers `{data, meta, links}`. Behind the last page is nothing: 404."""

    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100
    invalid_page_message = _("There is no such page; see meta.totalPages of the first one.")

    def get_page_size(self, request: Request) -> int:
        return whole_number(
            request.query_params, "limit", default=self.page_size, least=1, most=self.max_page_size
        )

    def get_page_number(self, request: Request, paginator: Paginator) -> int:
        return whole_number(request.query_params, "page", default=1, least=1)

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

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        number = {"type": "integer", "minimum": 1}
        limit = number | {"maximum": self.max_page_size, "default": self.page_size}
        return [
            _query("page", number | {"default": 1}, "Page, from 1; 404 behind the last one."),
            _query("limit", limit, "Rows of a page."),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri"}
        perhaps = {"type": ["string", "null"], "format": "uri"}
        number = {"type": "integer"}
        return _object(
            data=schema,
            meta=_object(page=number, limit=number, total=number, totalPages=number),
            links=_object(first=link, prev=perhaps, next=perhaps, last=link),
        )

    def _link(self, number: int) -> str:
        return replace_query_param(self.request.build_absolute_uri(), self.page_query_param, number)


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _query(name: str, schema: dict[str, Any], told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": told}
