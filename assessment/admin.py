"""Scores as facts, for administrators; what is owed can be tried again at once."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from accounts.admin import ReadOnlyAdmin
from accounts.services.audit import record_reading
from assessment.models import Assessment, Contest, Override, Revision
from assessment.services import score_session
from chat.models import HEAVY

TONES = {"done": "success", "pending": "info", "failed": "danger"}


@action(description=_("Score again now (owed ones)"), permissions=["view"])
def score_now(modeladmin: ModelAdmin, request: HttpRequest, rows: QuerySet[Assessment]) -> None:
    """What is scored already stays as it is."""
    owed = list(rows.exclude(status=Assessment.Status.DONE).values_list("session_id", flat=True))
    tried = [score_session(session_id=session_id, now=timezone.now()) for session_id in owed]
    scored = sum(1 for assessment in tried if assessment and assessment.is_done)
    modeladmin.message_user(
        request,
        gettext("%(scored)s of %(owed)s owed scores are there now.") % {"scored": scored, "owed": len(owed)},
    )


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    list_display = [
        "learner",
        "scenario",
        "ticket",
        "mode",
        "shown_status",
        "overall",
        "attempts",
        "next_attempt_at",
        "scored_at",
    ]
    list_filter = ["status", "session__mode", "session__scenario", "rules_version", "scored_at"]
    list_select_related = ["session__learner", "session__scenario", "session__ticket"]
    search_fields = [
        "session__learner__email",
        "session__learner__last_name",
        "session__ticket__number",
        "session__scenario__title",
        "last_error",
    ]
    ordering = ["-scored_at"]
    actions = [score_now]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        rows = super().get_queryset(request).select_related(*self.list_select_related)
        return rows.defer(*(f"session__{name}" for name in HEAVY))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Looking at somebody's evidence is noted."""
        response = super().change_view(request, object_id, *args, **kwargs)
        if seen := Assessment.objects.filter(pk=object_id).first():
            record_reading(actor=request.user, action="assessment.viewed", about=seen, now=timezone.now())
        return response

    @display(description=_("Learner"), ordering="session__learner__last_name")
    def learner(self, assessment: Assessment) -> str:
        return assessment.session.learner.display_name

    @display(description=_("Scenario"), ordering="session__scenario__title")
    def scenario(self, assessment: Assessment) -> str:
        return assessment.session.scenario.title

    @display(description=_("Ticket"), ordering="session__ticket__number")
    def ticket(self, assessment: Assessment) -> str:
        return assessment.session.ticket.number

    @display(description=_("Mode"), ordering="session__mode")
    def mode(self, assessment: Assessment) -> str:
        return assessment.session.get_mode_display()

    @display(description=_("Status"), ordering="status", label=TONES)
    def shown_status(self, assessment: Assessment) -> tuple[str, str]:
        return assessment.status, assessment.get_status_display()


@admin.register(Contest)
class ContestAdmin(ReadOnlyAdmin):
    list_display = ["title", "assessment", "outcome", "decided_by", "created_at", "decided_at"]
    list_filter = ["outcome", "criterion_id", "created_at"]
    list_select_related = ["assessment__session__learner", "assessment__session__scenario", "decided_by"]
    search_fields = ["assessment__session__learner__email", "reason", "decision"]


@admin.register(Override)
class OverrideAdmin(ReadOnlyAdmin):
    list_display = ["criterion_id", "points", "assessment", "decided_by", "decided_at"]
    list_filter = ["criterion_id", "decided_at"]
    list_select_related = ["assessment__session__learner", "assessment__session__scenario", "decided_by"]
    search_fields = ["assessment__session__learner__email", "reason"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["change", "assessment", "version", "cause", "revised_by", "revised_at"]
    list_filter = ["cause", "revised_at"]
    list_select_related = ["assessment__session__learner", "assessment__session__scenario", "revised_by"]
    search_fields = ["assessment__session__learner__email", "reason"]
