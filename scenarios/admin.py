"""Scenarios for trainers: catalogue fields, the author's view of the document, versions as facts."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from accounts.admin import ReadOnlyAdmin
from scenarios import services
from scenarios.forms import ScenarioForm
from scenarios.models import Scenario, ScenarioVersion
from scenarios.reading import DocumentError, Fault, read_as_far

TONES = {"starter": "success", "intermediate": "info", "advanced": "danger"}


class VersionInline(TabularInline):
    model = ScenarioVersion
    fk_name = "scenario"
    fields = readonly_fields = ["number", "content_hash", "author", "created_at"]
    extra = max_num = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScenarioVersion]:
        return super().get_queryset(request).select_related("author", "scenario").defer("document", "source")


@admin.register(Scenario)
class ScenarioAdmin(ModelAdmin):
    form = ScenarioForm
    list_display = [
        "title",
        "shown_difficulty",
        "category",
        "estimated_time",
        "xp_reward",
        "version",
        "played",
        "is_active",
    ]
    list_filter = ["difficulty", "category", "is_active", "updated_at"]
    search_fields = ["title", "summary", "slug"]
    list_select_related = ["current_version"]
    readonly_fields = ["title", "slug", "category", "version", "updated_at"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "is_active", "voice"]}),
        (
            gettext_lazy("Catalogue"),
            {"fields": ["difficulty", "estimated_time", "xp_reward", "prerequisites"]},
        ),
        (gettext_lazy("Facts"), {"fields": ["slug", "category", "version", "updated_at"]}),
    ]
    inlines = [VersionInline]
    actions_list = ["show_personas"]
    actions_detail = ["edit_document", "download"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Scenario]:
        played = Count("sessions", filter=Q(sessions__status="completed"))
        each = Scenario.objects.filter(pk=OuterRef("pk")).annotate(finished=played).values("finished")
        rows = super().get_queryset(request).annotate(finished=Subquery(each))
        return rows.defer("current_version__document", "current_version__source")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.document_view)
        return [
            path("<uuid:scenario_id>/document/", view, name="scenarios_scenario_document"),
            *super().get_urls(),
        ]

    @display(description=gettext_lazy("Difficulty"), ordering="difficulty", label=TONES)
    def shown_difficulty(self, scenario: Scenario) -> tuple[str, str]:
        return scenario.difficulty, scenario.get_difficulty_display()

    @display(description=gettext_lazy("Version"))
    def version(self, scenario: Scenario) -> str:
        return str(scenario.current_version.number) if scenario.current_version else _("not published")

    @display(description=gettext_lazy("Played"), ordering="finished")
    def played(self, scenario: Any) -> int:
        return scenario.finished

    @action(description=gettext_lazy("Personas"), icon="groups", url_path="show-personas")
    def show_personas(self, request: HttpRequest) -> HttpResponse:
        return redirect("personas")

    @action(description=gettext_lazy("Edit the document"), icon="edit_note", url_path="edit-document")
    def edit_document(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        return redirect("admin:scenarios_scenario_document", scenario_id=object_id)

    @action(description=gettext_lazy("Download YAML"), icon="download", url_path="download")
    def download(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        scenario = get_object_or_404(Scenario.objects.exclude(current_version=None), pk=object_id)
        return as_file(scenario.current_version)

    def save_model(self, request: HttpRequest, obj: Scenario, form: Any, change: bool) -> None:
        """Catalogue fields go into the document, and the columns follow it."""
        Scenario.objects.filter(pk=obj.pk).update(
            is_active=obj.is_active, voice=obj.voice, updated_at=timezone.now()
        )
        if form.changes:
            services.edit_scenario(
                scenario=obj, changes=form.changes, author=request.user, now=timezone.now()
            )

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A new scenario begins with its document."""
        return self.document_view(request)

    def has_delete_permission(self, request: HttpRequest, obj: Scenario | None = None) -> bool:
        """Sessions point at it; take it out of the catalogue instead."""
        return False

    def document_view(self, request: HttpRequest, scenario_id: UUID | None = None) -> HttpResponse:
        """The author's view: the whole document, checked and published from here."""
        if not (self.has_change_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        scenario = get_object_or_404(Scenario, pk=scenario_id) if scenario_id else None
        version = scenario.current_version if scenario else None
        source = services.export_document(version=version) if version else ""
        faults: list[Fault] = []
        if request.method == "POST":
            source = request.POST.get("source", "").replace("\r\n", "\n")
            publish = "publish" in request.POST
            try:
                published = _check(source, scenario, request.user if publish else None)
            except DocumentError as error:
                faults = error.faults
            else:
                if published:
                    messages.success(
                        request, _("Published as version %(number)s.") % {"number": published.number}
                    )
                    return redirect("admin:scenarios_scenario_change", published.scenario_id)
                messages.success(
                    request, _("In order: it is proved from every side. Nothing is published yet.")
                )
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": scenario.title if scenario else _("New scenario"),
            "scenario": scenario,
            "source": source,
            "faults": faults,
            "lines": _lines(source, faults),
        }
        return render(request, "admin/scenarios/document.html", context)


@admin.register(ScenarioVersion)
class ScenarioVersionAdmin(ReadOnlyAdmin):
    list_display = ["scenario", "number", "author", "created_at"]
    list_filter = ["scenario", "created_at"]
    list_select_related = ["scenario", "author"]
    search_fields = ["scenario__title", "scenario__slug", "content_hash"]
    fields = ["scenario", "number", "author", "created_at", "content_hash", "solution", "text"]
    actions_detail = ["download"]

    class Media:
        css = {"all": ["css/author.css"]}

    @display(description=gettext_lazy("Shortest right way"))
    def solution(self, version: ScenarioVersion) -> str:
        return format_html_join("\n", "<p>{}: {}</p>", ((n, ", ".join(p)) for n, p in version.paths.items()))

    @display(description=gettext_lazy("Document"))
    def text(self, version: ScenarioVersion) -> str:
        return format_html('<pre class="author__text">{}</pre>', version.source)

    @action(description=gettext_lazy("Download YAML"), icon="download", url_path="download")
    def download(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return as_file(get_object_or_404(ScenarioVersion, pk=object_id))


def as_file(version: ScenarioVersion) -> HttpResponse:
    response = HttpResponse(services.export_document(version=version), content_type="application/yaml")
    response["Content-Disposition"] = f'attachment; filename="{version.scenario.slug}.yaml"'
    return response


def _check(source: str, scenario: Scenario | None, author: Any) -> ScenarioVersion | None:
    """Publishes for an author, else only checks. Raises DocumentError with all that is wrong."""
    faults = _other_id(source, scenario)
    try:
        services.check_document(source=source)
    except DocumentError as error:
        raise DocumentError([*faults, *error.faults]) from error
    if faults:
        raise DocumentError(faults)
    if not author:
        return None
    return services.publish_document(source=source, author=author, now=timezone.now())[0]


def _other_id(source: str, scenario: Scenario | None) -> list[Fault]:
    document = read_as_far(source)
    if scenario is None or document.world.id == scenario.slug:
        return []
    what = f"stays {scenario.slug}: sessions know the scenario by it. Add a new scenario for another id."
    return [document.fault("id", what)]


def _lines(source: str, faults: list[Fault]) -> list[dict[str, Any]]:
    """Each line's number with what is wrong there, for the margins of the editor."""
    last = max(source.count("\n") + 1, *(fault.line for fault in faults), 1)
    found: dict[int, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.line, []).append(fault)
    return [{"number": number, "faults": found.get(number, [])} for number in range(1, last + 1)]
