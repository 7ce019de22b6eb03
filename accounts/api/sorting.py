"""`?sort=-createdAt`: by the names that a list allows, and no others."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from accounts.errors import Refusal

PARAM = "sort"


class Sorting(BaseFilterBackend):
    """Reads `sort_by` of the view: `{"createdAt": "started_at"}`. What has no value comes last."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        asked, allowed = request.query_params.get(PARAM, ""), _allowed(view)
        if not asked or not allowed:
            return queryset
        name = asked.removeprefix("-")
        if name not in allowed:
            problem = _("One of %(names)s; with a minus in front the other way round.") % {
                "names": ", ".join(allowed)
            }
            raise Refusal(_("This list cannot be sorted like that."), details={PARAM: [problem]})
        column = F(allowed[name])
        order = column.desc(nulls_last=True) if asked != name else column.asc(nulls_last=True)
        return queryset.order_by(order, "pk")  # a page stays what it was where values are equal

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        names = list(_allowed(view))
        if not names:
            return []
        choices = [sign + name for name in names for sign in ("", "-")]
        told = "Column to sort by; with a minus in front the other way round."
        return [
            {
                "name": PARAM,
                "in": "query",
                "required": False,
                "description": told,
                "schema": {"type": "string", "enum": choices},
            }
        ]


def _allowed(view: Any) -> dict[str, str]:
    return getattr(view, "sort_by", {})
