"""What one person finds in the catalogue: locks, best scores, attempts."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessment.models import Assessment
from chat.models import Session
from chat.selectors import completed_scenarios
from scenarios.models import Scenario

ORDERS = {
    "recommended": _("Recommended"),
    "difficulty": _("Easiest first"),
    "-difficulty": _("Hardest first"),
    "newest": _("Newest"),
    "-best": _("Best score first"),
    "best": _("Most to gain first"),
}


def catalogue(user: User) -> QuerySet[Any]:
    """Published scenarios in learning order, as this person sees them.

    Each row carries `best_score` (exam runs; None without), `is_completed`, `is_unlocked`, `running` (id of the
    active session or None), `needs` (its prerequisites, each with `is_completed`) and `missing` (those that lock
    it). Three queries for any number of rows.
    """
    best = Assessment.objects.counted().of(user).filter(session__scenario=OuterRef("pk")).order_by("-overall")
    running = Session.objects.active().of(user).filter(scenario=OuterRef("pk"))
    done = completed_scenarios(user).values("pk")
    missing = Scenario.objects.published().exclude(pk__in=done).in_learning_order()
    completed = Exists(completed_scenarios(user).filter(pk=OuterRef("pk")))
    needs = Scenario.objects.published().annotate(is_completed=completed).in_learning_order()
    return (
        Scenario.objects.published()
        .annotate(
            best_score=Subquery(best.values("overall")[:1]),
            is_completed=completed,
            is_unlocked=~Exists(missing.filter(unlocks=OuterRef("pk"))),
            running=Subquery(running.values("pk")[:1]),
        )
        .prefetch_related(
            Prefetch("prerequisites", queryset=needs, to_attr="needs"),
            Prefetch("prerequisites", queryset=missing, to_attr="missing"),
        )
        .in_learning_order()
    )


def in_order(rows: QuerySet[Any], order: str, first: Scenario | None = None) -> QuerySet[Any]:
    """Rows of `catalogue` in one of `ORDERS`; `first` leads those in the recommended one. What was not scored comes last."""
    if order == "-difficulty":
        return rows.reverse()
    if order == "newest":
        return rows.order_by("-created_at", "title")
    if order in ("best", "-best"):
        best = F("best_score")
        return rows.order_by(
            best.asc(nulls_last=True) if order == "best" else best.desc(nulls_last=True), "title"
        )
    if order == "recommended" and first:
        return rows.order_by(Case(When(Q(pk=first.pk), then=0), default=1), *rows.query.order_by)
    return rows


def attempts(user: User, scenario: Scenario) -> QuerySet[Session]:
    """This person's own sessions of a scenario, newest first, with their scores."""
    own = Session.objects.of(user).filter(scenario=scenario)
    return own.select_related("assessment", "ticket").order_by("-started_at")
