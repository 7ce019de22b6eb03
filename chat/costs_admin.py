"""Exchanges with a model as facts, and the table of what they cost."""

from typing import cast

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action

from accounts.admin import ReadOnlyAdmin
from accounts.models import User
from chat.costs import GROUPS, budget_of_day, cost_rows


class ModelCallAdmin(ReadOnlyAdmin):
    list_display = ["at", "session", "model", "result", "seconds", "tokens_in", "tokens_out", "cost"]
    list_filter = ["result", "model", "at", "session__scenario"]
    list_select_related = ["session__learner", "session__scenario"]
    ordering = ["-at", "-pk"]
    actions_list = ["show_costs"]

    @action(description=gettext_lazy("Costs"), icon="payments", url_path="show-costs")
    def show_costs(self, request: HttpRequest) -> HttpResponse:
        return redirect("model_costs")


def costs_page(request: HttpRequest) -> HttpResponse:
    if not cast(User, request.user).is_admin:
        raise PermissionDenied
    by = request.GET.get("by", "scenario")
    by = by if by in GROUPS else "scenario"
    now = timezone.now()
    context = admin.site.each_context(request) | {
        "title": _("Costs of models"),
        "groups": [(name, label) for name, (label, _column) in GROUPS.items()],
        "by": by,
        "label": GROUPS[by][0],
        "rows": cost_rows(by, now),
        "budget": budget_of_day(now),
        "currency": settings.MODEL_CURRENCY,
        "has_model": settings.HAS_MODEL,
    }
    return render(request, "admin/model_costs.html", context)
