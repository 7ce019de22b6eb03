"""What the administrator's pages share."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from accounts import services


class ReadOnly:
    """Facts: to be looked at, as a page or inside one."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, ModelAdmin):
    """Tables that only grow: short pages, and what a search left out is not counted."""

    list_per_page = 50
    show_full_result_count = False


@admin.action(description=gettext_lazy("Mail again"), permissions=["view"])
def mail_again(modeladmin: ModelAdmin, request: HttpRequest, rows: QuerySet) -> None:
    for row in rows.exclude(mail_state="none"):
        services.owe_mail_again(row=row, now=timezone.now())
    modeladmin.message_user(request, _("The mails are on their way."))
