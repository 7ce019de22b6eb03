"""Shapes of an assessment on the wire; camelCase is put on by the renderer."""

from rest_framework import serializers

from assessment.models import Revision
from gamification.api.serializers import AchievementSerializer
from gamification.debriefing.rows import Criterion


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
    """`quote` is what the learner wrote, in message `seq` or in the notes, or the action that event `event` was.

    For what to do next: `better`, the goal that it makes (`aim`), and what else the same mistake cost (`also`).
    """

    criterion = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    seq = serializers.IntegerField(allow_null=True)
    event = serializers.IntegerField(allow_null=True, required=False)
    quote = serializers.CharField()
    better = serializers.CharField(required=False)
    aim = serializers.CharField(required=False)
    also = serializers.ListField(child=serializers.CharField(), required=False)


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


class SelfAssessmentSerializer(serializers.Serializer):
    """What the learner expected, 0 to 100 in each dimension."""

    verification = serializers.IntegerField(min_value=0, max_value=100)
    technical = serializers.IntegerField(min_value=0, max_value=100)
    communication = serializers.IntegerField(min_value=0, max_value=100)
    documentation = serializers.IntegerField(min_value=0, max_value=100)
    response_time = serializers.IntegerField(min_value=0, max_value=100)
    created_at = serializers.DateTimeField(read_only=True)


class RevisionSerializer(serializers.ModelSerializer):
    """`overall_before` counted until `revised_at`."""

    overall_before = serializers.FloatField()
    overall_after = serializers.FloatField()

    class Meta:
        model = Revision
        fields = ["version", "cause", "reason", "overall_before", "overall_after", "revised_at"]


class AssessmentSerializer(serializers.Serializer):
    """While `status` is `pending` or `failed` (it is tried again) nothing but it and `session_id` is there.

    `xp` is null for the moment between score and reward; `self_assessment` where there is none, and for those
    who see the assessment alone. `revisions` are the numbers that counted before, oldest first.
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
    self_assessment = SelfAssessmentSerializer(source="expected", allow_null=True, required=False)
    revisions = RevisionSerializer(many=True, required=False)
    xp = EarnedSerializer(source="reward", allow_null=True, required=False)
    achievements = AchievementSerializer(many=True, required=False)
    rules_version = serializers.CharField(source="assessment.rules_version", required=False)
    scored_at = serializers.DateTimeField(source="assessment.scored_at", required=False)
