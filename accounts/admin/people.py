"""People and their notices."""

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
from accounts.models import Notice, Role, User
from accounts.models.people import UserQuerySet

# One way in for everybody, with its limits; the five groups are roles and are given per person.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(Group)
auditlog.register(User, exclude_fields=["password", "last_login", "xp", "level"])


class RolesMixin(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False, initial=[Role.LEARNER]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["roles"].initial = sorted(self.instance.role_names)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.owners_of(email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This e-mail address is already in use."))
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        goes = not data.get("is_active", True) or Role.ADMIN not in data.get("roles", [])
        if goes and not self.instance._state.adding and services.is_last_admin(person=self.instance):
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
    list_per_page = 50
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
        people = cast(UserQuerySet, super().get_queryset(request))
        return people.not_erased().prefetch_related("groups")

    @display(description=gettext_lazy("Roles"))
    def roles_of(self, person: User) -> str:
        return ", ".join(str(label) for role, label in Role.choices if person.has_role(role))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        by: dict[str, Any] = {"person": form.instance, "actor": request.user, "now": timezone.now()}
        if not change:
            services.note_account(by="administrator", **by)
        services.set_roles(roles=form.cleaned_data["roles"], **by)
        if "is_active" in form.changed_data:
            services.set_active(active=form.cleaned_data["is_active"], **by)
        if "email" in form.changed_data:
            services.trust_address(**by)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Their history would go with them; deactivate instead."""
        return False


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["title", "user", "kind", "created_at", "read_at", "mail_state", "mail_attempts"]
    list_filter = ["kind", "mail_state", ("read_at", admin.EmptyFieldListFilter), "created_at"]
    list_select_related = ["user"]
    search_fields = ["title", "user__email", "user__last_name", "mail_error"]
    actions = [mail_again]
