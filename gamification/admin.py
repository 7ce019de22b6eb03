"""Achievements are edited here; ledger, rewards and what was earned are read-only facts."""

from typing import Any

from auditlog.registry import auditlog
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin import ReadOnlyAdmin
from gamification.measures import MEASURES
from gamification.models import Achievement, EarnedAchievement, Reward, XPEntry

auditlog.register(Achievement)


@admin.register(Achievement)
class AchievementAdmin(ModelAdmin):
    list_display = ["title", "tier", "description", "holders", "is_active", "position"]
    list_editable = ["is_active", "position"]
    list_filter = ["tier", "is_active"]
    search_fields = ["title", "description", "slug"]
    prepopulated_fields = {"slug": ["title"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Achievement]:
        return super().get_queryset(request).annotate(holders=Count("earned")).order_by("position", "title")

    @display(description=_("Held by"), ordering="holders")
    def holders(self, achievement: Any) -> int:
        return achievement.holders

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "criteria":
            counted = "; ".join(f"{name}: {rule.__doc__}" for name, rule in sorted(MEASURES.items()))
            field.help_text = gettext("%(form)s All must hold. Measures: %(measures)s") % {
                "form": db_field.help_text,
                "measures": counted,
            }
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Achievement | None = None) -> bool:
        """Somebody may hold it; make it inactive instead."""
        return False


@admin.register(EarnedAchievement)
class EarnedAchievementAdmin(ReadOnlyAdmin):
    list_display = ["achievement", "user", "earned_at"]
    list_filter = ["achievement", "achievement__tier", "earned_at"]
    list_select_related = ["achievement", "user"]
    search_fields = ["achievement__title", "user__email", "user__last_name"]


@admin.register(XPEntry)
class XPEntryAdmin(ReadOnlyAdmin):
    list_display = ["user", "amount", "kind", "why", "created_at"]
    list_filter = ["kind", "created_at"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__last_name", "why"]


@admin.register(Reward)
class RewardAdmin(ReadOnlyAdmin):
    list_display = ["learner", "xp", "why", "level_before", "level_after", "created_at"]
    list_filter = ["created_at", "level_after"]
    list_select_related = ["assessment__session__learner"]
    search_fields = ["assessment__session__learner__email", "assessment__session__learner__last_name"]

    @display(description=_("Learner"))
    def learner(self, made: Reward) -> str:
        return made.assessment.session.learner.display_name
