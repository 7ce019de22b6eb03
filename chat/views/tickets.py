"""My tickets: running and finished."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts import asked
from accounts.requests import PersonRequest
from chat.models import Mode, Session, Status

PER_PAGE = 15
ORDERS = {
    "-started_at": _("Newest first"),
    "started_at": _("Oldest first"),
    "ticket__resolution_due": _("Resolution due"),
    "scenario__title": _("Scenario"),
}
STATUSES = {"": _("All"), "active": _("Running"), "completed": _("Finished"), "abandoned": _("Abandoned")}


@login_required
@require_safe
def tickets(request: PersonRequest) -> HttpResponse:
    """Filters, order and page live in the address."""
    status = asked.choice(request, "status", Status.values)
    mode = asked.choice(request, "mode", Mode.values)
    order = asked.choice(request, "sort", ORDERS, "-started_at")
    q = asked.words(request)
    fitting = Session.objects.of(request.user)
    if mode:
        fitting = fitting.filter(mode=mode)
    if q:
        fitting = fitting.filter(scenario__title__icontains=q)
    rows = fitting.filter(status=status) if status else fitting
    counts = fitting.aggregate(
        all=Count("pk"), **{each: Count("pk", filter=Q(status=each)) for each in Status.values}
    )
    context = {
        "page": Paginator(rows.for_lists().order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("page")),
        "tabs": [(value, words, counts[value or "all"]) for value, words in STATUSES.items()],
        "status": status,
        "mode": mode,
        "modes": Mode.choices,
        "order": order,
        "orders": ORDERS,
        "q": q,
        "is_filtered": bool(status or mode or q),
    }
    return render(request, "chat/tickets.html", context)
