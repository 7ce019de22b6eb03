"""My tickets: running and finished."""

import django_filters
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chat.models import Session, Status

SORTS = {
    "-started_at": "Newest first",
    "started_at": "Oldest first",
    "ticket__resolution_due": "Resolution due",
    "version__scenario__title": "Scenario",
}


class TicketFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="scenario__title", lookup_expr="icontains")
    mode = django_filters.CharFilter(field_name="mode")


@login_required
def tickets(request: HttpRequest) -> HttpResponse:
    """Filter, sort and page live in the address."""
    mine = Session.objects.of(request.user)
    status = request.GET.get("status", "")
    shown = mine.filter(status=status) if status in Status.values else mine
    filtered = TicketFilter(request.GET, shown.select_related("ticket", "scenario", "version")).qs
    sort = request.GET.get("sort", "")
    rows = filtered.order_by(sort if sort in SORTS else "-started_at")
    context = {
        "page": Paginator(rows, 15).get_page(request.GET.get("page")),
        "status": status,
        "sorts": SORTS,
        "sort": sort,
        "q": request.GET.get("q", ""),
        "running": mine.active().count(),
    }
    return render(request, "chat/tickets.html", context)
