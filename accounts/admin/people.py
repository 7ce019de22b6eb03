"""People, cohorts, links, notices and the audit trail."""

from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from auditlog.registry import auditlog
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts import services
from accounts.admin.base import ReadOnlyAdmin, mail_again
from accounts.models import Cohort, Invitation, Notice, Role, User

# One way in for everybody, with its limits; the five groups are roles and are given per person.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(Group)
auditlog.register(User, exclude_fields=["password", "last_login", "xp", "level"])
auditlog.register(Cohort)


class RolesMixin(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False, initial=[Role.LEARNER]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["roles"].initial = sorted(self.instance.role_names)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        stays = data.get("is_active", True) and Role.ADMIN in data.get("roles", [])
        if not self.instance._state.adding and services.is_last_admin(person=self.instance) and not stays:
            raise forms.ValidationError(_("This is the last administrator. Make somebody else one first."))
        return data


class PersonChangeForm(RolesMixin, UserChangeForm):
    pass


class PersonCreationForm(RolesMixin, UserCreationForm):
    class Meta:
        model = User
        fields = ["email", "first_name", "last_name"]


@admin.register(User)
class PersonAdmin(UserAdmin, ModelAdmin):
    form, add_form, change_password_form = PersonChangeForm, PersonCreationForm, AdminPasswordChangeForm
    list_display = ["display_name", "email", "roles_of", "level", "xp", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "cohorts", "date_joined"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["last_name", "first_name", "email"]
    readonly_fields = ["level", "xp", "last_login", "date_joined"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "password", "first_name", "last_name", "timezone"]}),
        (gettext_lazy("May do"), {"fields": ["roles", "is_active"]}),
        (gettext_lazy("Facts"), {"fields": ["level", "xp", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "first_name", "last_name", "roles", "password1", "password2"]})
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @display(description=gettext_lazy("Roles"))
    def roles_of(self, person: User) -> str:
        return ", ".join(str(label) for role, label in Role.choices if person.has_role(role))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        person, roles, actor = form.instance, form.cleaned_data["roles"], cast(User, request.user)
        services.set_roles(person=person, roles=roles, actor=actor, now=timezone.now())
        if "email" in form.changed_data:
            services.trust_address(person=person)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Their history would go with them; deactivate instead."""
        return False


@admin.register(Cohort)
class CohortAdmin(ModelAdmin):
    list_display = ["name", "member_count", "created_at", "archived_at"]
    list_filter = [("archived_at", admin.EmptyFieldListFilter), "created_at", "coaches", "managers"]
    search_fields = ["name", "members__email", "managers__email"]
    autocomplete_fields = ["members", "coaches", "managers"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cohort]:
        return super().get_queryset(request).with_member_count()

    @display(description=gettext_lazy("Members"), ordering="member_count")
    def member_count(self, cohort: Cohort) -> int:
        return cohort.member_count  # type: ignore[attr-defined]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"created_at": timezone.now(), "managers": [request.user.pk]}


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["cohort", "email", "invited_by", "created_at", "expires_at", "uses", "mail_state"]
    list_filter = ["mail_state", "cohort", "expires_at"]
    list_select_related = ["cohort", "invited_by"]
    search_fields = ["email", "cohort__name", "invited_by__email"]
    actions = [mail_again]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["title", "user", "kind", "created_at", "read_at", "mail_state", "mail_attempts"]
    list_filter = ["kind", "mail_state", ("read_at", admin.EmptyFieldListFilter), "created_at"]
    list_select_related = ["user"]
    search_fields = ["title", "user__email", "user__last_name", "mail_error"]
    actions = [mail_again]
