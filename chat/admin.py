"""Sessions, to be looked into by administrators; nothing here is ever changed by hand."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from accounts.admin import ReadOnly, ReadOnlyAdmin
from accounts.errors import Refusal
from accounts.models import User
from chat.costs_admin import ModelCallAdmin
from chat.models import Event, Message, ModelCall, Session, Ticket
from chat.services import note_read, take_turn

TONES = {"active": "info", "completed": "success", "abandoned": "warning"}


class TranscriptInline(ReadOnly, TabularInline):
    model = Message
    verbose_name_plural = _("transcript")
    fields = readonly_fields = ["seq", "sender_type", "message_type", "text", "created_at", "turn_id"]
    ordering = ["seq"]
    extra = 0
    per_page = 50


class LogInline(ReadOnly, TabularInline):
    model = Event
    verbose_name_plural = _("event log")
    fields = readonly_fields = ["number", "kind", "data", "at"]
    ordering = ["number"]
    extra = 0
    per_page = 50


@action(description=_("Answer owed messages now"), permissions=["view"], icon="forum")
def answer_now(modeladmin: ModelAdmin, request: HttpRequest, sessions: QuerySet[Session]) -> None:
    """One turn per session, as the sweep would take it; what is refused is put off again."""
    answered = put_off = 0
    for session_id in sessions.values_list("pk", flat=True):
        try:
            answered += bool(take_turn(session_id=session_id, now=timezone.now()))
        except Refusal:
            put_off += 1
    modeladmin.message_user(
        request,
        gettext("Sessions answered: %(answered)s; put off: %(put_off)s.")
        % {"answered": answered, "put_off": put_off},
    )


admin.site.register(ModelCall, ModelCallAdmin)


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    list_display = ["number", "learner", "scenario", "mode", "state_of", "started_at", "finished_at"]
    list_filter = ["status", "mode", "scenario", "ended_by", "started_at"]
    list_select_related = ["ticket", "learner", "scenario"]
    search_fields = ["ticket__number", "learner__email", "learner__first_name", "learner__last_name"]
    ordering = ["-started_at", "pk"]
    exclude = ["world", "desk"]
    inlines = [TranscriptInline, LogInline]
    actions = [answer_now]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        return super().get_queryset(request).defer(*self.exclude)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Looking at somebody's transcript is noted."""
        response = super().change_view(request, object_id, *args, **kwargs)
        if seen := Session.objects.filter(pk=object_id).first():
            note_read(session=seen, reader=cast(User, request.user), now=timezone.now())
        return response

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Session], search_term: str
    ) -> tuple[QuerySet[Session], bool]:
        """Each word in the ticket's number or in the learner's name or address, asked of the small tables."""
        for word in search_term.split():
            people = User.objects.named(word).values("pk")
            numbered = Ticket.objects.filter(number__icontains=word).values("session")
            queryset = queryset.filter(Q(learner__in=people) | Q(pk__in=numbered))
        return queryset, False

    @display(description=_("Ticket"), ordering="ticket__number")
    def number(self, session: Session) -> str:
        return session.ticket.number

    @display(description=_("Status"), ordering="status", label=TONES)
    def state_of(self, session: Session) -> tuple[str, str]:
        return session.status, session.get_status_display()
