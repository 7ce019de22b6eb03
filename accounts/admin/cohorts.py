"""Cohorts, changed by the same services as on their pages, and the links into them."""

from typing import Any, cast

from auditlog.registry import auditlog
from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldBooleanSwitchWidget

from accounts import services
from accounts.admin.base import ReadOnlyAdmin, mail_again
from accounts.models import Cohort, Invitation, User
from accounts.services.cohorts import PARTS

auditlog.register(Cohort)


class CohortForm(forms.ModelForm):
    """`user`, who fills it in, is set by the page."""

    user: User
    archived = forms.BooleanField(
        label=gettext_lazy("Archived"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=gettext_lazy("Out of the lists; nothing of it is lost."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["archived"] = self.instance.archived_at is not None
        for part in PARTS:
            addable = User.objects.addable_by(self.user, part)
            there = User.objects.none() if self.instance._state.adding else getattr(self.instance, part).all()
            field: Any = self.fields[part]
            field.queryset = User.objects.filter(
                Q(pk__in=addable.values("pk")) | Q(pk__in=there.values("pk"))
            )
            field.required = part == "managers"
            field.error_messages["invalid_choice"] = gettext_lazy(
                "Somebody here does not hold the role for it. Give them the role first."
            )


@admin.register(Cohort)
class CohortAdmin(ModelAdmin):
    form = CohortForm
    list_display = ["name", "member_count", "created_at", "archived_at"]
    list_filter = [("archived_at", admin.EmptyFieldListFilter), "created_at", "coaches", "managers"]
    search_fields = ["name", "members__email", "managers__email"]
    fields = ["name", "archived", *PARTS, "created_at"]
    readonly_fields = ["created_at"]
    autocomplete_fields = PARTS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cohort]:
        return super().get_queryset(request).with_member_count()

    @display(description=gettext_lazy("Members"), ordering="member_count")
    def member_count(self, cohort: Cohort) -> int:
        return cohort.member_count  # type: ignore[attr-defined]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: Cohort | None = None) -> list[str]:
        return self.fields if obj else ["name", *PARTS]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"managers": [request.user.pk]}

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Cohort:
        """The row itself is the service's to write."""
        actor = cast(User, request.user)
        by: dict[str, Any] = {"name": form.cleaned_data["name"], "now": timezone.now()}
        if not change:
            form.instance = services.create_cohort(manager=actor, **by)
        elif {"name", "archived"} & set(form.changed_data):
            archived = form.cleaned_data["archived"]
            services.change_cohort(cohort=form.instance, actor=actor, archived=archived, **by)
        return form.instance

    def save_model(self, request: HttpRequest, obj: Cohort, form: Any, change: bool) -> None:
        pass

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        by: dict[str, Any] = {"actor": request.user, "now": timezone.now()}
        for part in PARTS:
            services.set_people(cohort=form.instance, part=part, people=form.cleaned_data[part], **by)

    def delete_model(self, request: HttpRequest, obj: Cohort) -> None:
        services.delete_cohort(cohort=obj, actor=cast(User, request.user), now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Cohort]) -> None:
        for cohort in queryset:
            self.delete_model(request, cohort)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["cohort", "email", "invited_by", "created_at", "expires_at", "uses", "mail_state"]
    list_filter = ["mail_state", "cohort", "expires_at"]
    list_select_related = ["cohort", "invited_by"]
    search_fields = ["email", "cohort__name", "invited_by__email"]
    actions = [mail_again]
