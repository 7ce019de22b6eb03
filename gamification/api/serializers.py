"""Shapes of the wire; camelCase is put on by the renderer."""

from rest_framework import serializers

from gamification.models import Achievement


class AchievementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Achievement
        fields = ["slug", "title", "description", "icon", "tier"]


class BadgeSerializer(serializers.Serializer):
    """An achievement as the caller has it: `have` of `need`; `earned_at` is null until it is earned."""

    slug = serializers.SlugField(source="achievement.slug")
    title = serializers.CharField(source="achievement.title")
    description = serializers.CharField(source="achievement.description")
    icon = serializers.CharField(source="achievement.icon", help_text="Name of a heroicon.")
    tier = serializers.ChoiceField(Achievement.Tier.choices, source="achievement.tier")
    have = serializers.IntegerField()
    need = serializers.IntegerField()
    earned_at = serializers.DateTimeField(allow_null=True)


class RecommendedSerializer(serializers.Serializer):
    scenario_id = serializers.UUIDField(source="scenario.pk")
    reason = serializers.CharField()


class ProgressSerializer(serializers.Serializer):
    """`achievements`: how many are earned; `streak_weeks`: weeks in a row with a counted session."""

    completed_scenarios = serializers.IntegerField()
    total_scenarios = serializers.IntegerField()
    level = serializers.IntegerField()
    xp = serializers.IntegerField()
    xp_to_next_level = serializers.IntegerField()
    streak_weeks = serializers.IntegerField()
    achievements = serializers.IntegerField()
    recommended = RecommendedSerializer(allow_null=True)


class BoardQuerySerializer(serializers.Serializer):
    period = serializers.ChoiceField(["week", "month", "all"], default="week")
    scope = serializers.ChoiceField(["cohort", "all"], default="all")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=10)


class RankSerializer(serializers.Serializer):
    rank = serializers.IntegerField(allow_null=True, help_text="Null in the lower half.")
    display_name = serializers.CharField(source="person.display_name")
    level = serializers.IntegerField(source="person.level")
    xp = serializers.IntegerField(help_text="Earned in the period.")
    is_me = serializers.BooleanField()


class BoardSerializer(serializers.Serializer):
    """`data` are the best, of the upper half; `me` is the caller's own row, null for those who are not listed.

    Where `me` is not in `data`, `near` has it with its neighbours, and `to_next` the XP to the next one above.
    """

    data = RankSerializer(many=True, source="rows")
    near = RankSerializer(many=True)
    to_next = serializers.IntegerField(allow_null=True)
    me = RankSerializer(source="mine", allow_null=True)
