"""Shapes of the wire; camelCase is put on by the renderer."""

from rest_framework import serializers

from gamification.debriefing.story import Criterion
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
    rank = serializers.IntegerField()
    display_name = serializers.CharField(source="person.display_name")
    level = serializers.IntegerField(source="person.level")
    xp = serializers.IntegerField(help_text="Earned in the period.")
    is_me = serializers.BooleanField()


class BoardSerializer(serializers.Serializer):
    """`me` is the caller's own row, also where it is not among the best; null for those who are not listed."""

    data = RankSerializer(many=True, source="rows")
    me = RankSerializer(source="mine", allow_null=True)


class ProofSerializer(serializers.Serializer):
    """`seq` is the number of the message that is quoted, null for an action; `place` names it in words."""

    text = serializers.CharField()
    quoted = serializers.BooleanField()
    place = serializers.CharField()
    seq = serializers.IntegerField(allow_null=True)


class CriterionSerializer(serializers.Serializer):
    """`result`: met, partly, missed or na; `misread`: we may have misunderstood, so half of it counts."""

    id = serializers.CharField()
    title = serializers.CharField()
    dimension = serializers.SerializerMethodField()
    result = serializers.CharField()
    earned = serializers.FloatField()
    points = serializers.FloatField()
    why = serializers.CharField()
    better = serializers.CharField()
    misread = serializers.BooleanField()
    evidence = ProofSerializer(many=True, source="proofs")

    def get_dimension(self, criterion: Criterion) -> str:
        """A value, so the renderer leaves it alone; the contract says `responseTime`."""
        return {"response_time": "responseTime"}.get(criterion.dimension, criterion.dimension)


class CapSerializer(serializers.Serializer):
    """The overall score is at most `limit`."""

    id = serializers.CharField()
    limit = serializers.FloatField()
    critical = serializers.BooleanField()
    why = serializers.CharField()
    evidence = ProofSerializer(many=True, source="proofs")


class MomentSerializer(serializers.Serializer):
    """`quote` is what the learner wrote, in message `seq`; `better` is given for what to do next."""

    criterion = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    seq = serializers.IntegerField(allow_null=True)
    quote = serializers.CharField()
    better = serializers.CharField(required=False)


class FeedbackSerializer(serializers.Serializer):
    best = MomentSerializer(many=True)
    next = MomentSerializer(many=True)
    goal = serializers.CharField()


class ScoresSerializer(serializers.Serializer):
    """0 to 100; null where a dimension did not apply."""

    verification = serializers.FloatField(allow_null=True)
    technical = serializers.FloatField(allow_null=True)
    communication = serializers.FloatField(allow_null=True)
    documentation = serializers.FloatField(allow_null=True)
    response_time = serializers.FloatField(allow_null=True)


class SatisfactionSerializer(serializers.Serializer):
    score = serializers.IntegerField(min_value=1, max_value=5)
    words = serializers.CharField()


class EarnedSerializer(serializers.Serializer):
    amount = serializers.IntegerField(source="xp")
    why = serializers.CharField()
    level = serializers.IntegerField(source="level_after")
    leveled_up = serializers.BooleanField()


class AssessmentSerializer(serializers.Serializer):
    """While `status` is `pending` or `failed` (it is tried again) nothing but it and `session_id` is there.

    `xp` is null for the moment between score and reward.
    """

    session_id = serializers.UUIDField(source="session.pk")
    status = serializers.CharField(source="assessment.status", help_text="pending, failed or done")
    overall = serializers.FloatField(source="assessment.overall", required=False)
    scores = ScoresSerializer(source="assessment.dimensions", required=False)
    efficiency = serializers.FloatField(source="assessment.efficiency", allow_null=True, required=False)
    research = serializers.FloatField(source="assessment.research", allow_null=True, required=False)
    criteria = CriterionSerializer(many=True, required=False)
    caps = CapSerializer(many=True, required=False)
    feedback = FeedbackSerializer(source="assessment.feedback", required=False)
    formula = serializers.CharField(source="assessment.formula", required=False)
    customer_satisfaction = SatisfactionSerializer(source="satisfaction", required=False)
    xp = EarnedSerializer(source="reward", allow_null=True, required=False)
    achievements = AchievementSerializer(many=True, required=False)
    rules_version = serializers.CharField(source="assessment.rules_version", required=False)
    scored_at = serializers.DateTimeField(source="assessment.scored_at", required=False)
