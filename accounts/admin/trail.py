"""The audit trail, to be looked at: who did what to whom, with names as long as they are known."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from accounts import services
from accounts.admin.base import ReadOnlyAdmin
from accounts.models import AuditEvent, PersonKey


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "who", "action", "what", "result", "is_sealed"]
    list_filter = ["action", "object_type", "result", "at"]
    list_select_related = ["seal"]
    search_fields = ["object_id", "action"]
    search_help_text = gettext_lazy("An action, the id of an object, or somebody's e-mail address")
    fields = ["at", "who", "actor", "action", "what", "result", "address", "data", "is_sealed"]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        changelist.result_list = _with_people(list(changelist.result_list))
        return changelist

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        event = super().get_object(request, object_id, from_field)
        return event and _with_people([event])[0]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEvent], search_term: str
    ) -> tuple[QuerySet[AuditEvent], bool]:
        found, doubled = super().get_search_results(request, queryset, search_term)
        if "@" in search_term:
            keys = list(
                PersonKey.objects.filter(user__email__iexact=search_term.strip()).values_list(
                    "key", flat=True
                )
            )
            found = queryset.filter(Q(actor__in=keys) | Q(object_id__in=map(str, keys)))
        return found, doubled

    @display(description=gettext_lazy("Who"))
    def who(self, event: AuditEvent) -> str:
        if event.actor is None:
            return _("The system, or nobody known")
        return _name(event, event.actor)

    @display(description=gettext_lazy("To what"))
    def what(self, event: AuditEvent) -> str:
        if person := services.key_in(event):
            return _name(event, person)
        return f"{event.object_type} {event.object_id}".strip()

    @display(description=gettext_lazy("Sealed"), boolean=True)
    def is_sealed(self, event: AuditEvent) -> bool:
        return hasattr(event, "seal")


def _with_people(events: list[AuditEvent]) -> list[AuditEvent]:
    """All names of a page in one query."""
    keys = {key for event in events for key in (event.actor, services.key_in(event)) if key}
    people = services.people_by_key(keys)
    for event in events:
        event.people = people  # type: ignore[attr-defined]
    return events


def _name(event: AuditEvent, key: UUID) -> str:
    person = event.people.get(key)  # type: ignore[attr-defined]
    return f"{person.display_name} ({person.email})" if person else _("somebody erased")
