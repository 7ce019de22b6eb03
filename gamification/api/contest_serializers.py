"""Shapes of contests on the wire; camelCase is put on by the renderer."""

from rest_framework import serializers

from assessment.models import Contest
from assessment.services import REASON_LEAST, REASON_MOST
from gamification.api.debrief_serializers import ProofSerializer

REASON = {"min_length": REASON_LEAST, "max_length": REASON_MOST}


class NewContestSerializer(serializers.Serializer):
    criterion_id = serializers.CharField(max_length=60, help_text="Of a criterion or of a cap.")
    reason = serializers.CharField(**REASON)


class DecisionSerializer(serializers.Serializer):
    """`points` for a criterion that is upheld; `liftsCap`: the cap that rests on it falls too."""

    outcome = serializers.ChoiceField([Contest.Outcome.UPHELD.value, Contest.Outcome.REJECTED.value])
    points = serializers.FloatField(required=False, allow_null=True)
    lifts_cap = serializers.BooleanField(default=False)
    reason = serializers.CharField(**REASON)


class ContestFilterSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(Contest.Outcome.choices, required=False)


class ContestSerializer(serializers.Serializer):
    """`earned` of `points` as they were when it was contested; null for a cap.

    `learner` and `sessionId` are null for those who decide without knowing whose score it is.
    """

    id = serializers.UUIDField(source="contest.pk")
    learner = serializers.CharField(allow_null=True, help_text="Display name.")
    session_id = serializers.UUIDField(allow_null=True)
    scenario = serializers.CharField(source="session.scenario.title")
    criterion_id = serializers.CharField(source="contest.criterion_id")
    title = serializers.CharField()
    earned = serializers.FloatField(allow_null=True)
    points = serializers.FloatField(allow_null=True)
    reason = serializers.CharField()
    created_at = serializers.DateTimeField(source="contest.created_at")
    outcome = serializers.ChoiceField(Contest.Outcome.choices, source="contest.outcome")
    decision = serializers.CharField(source="contest.decision")
    decided_at = serializers.DateTimeField(source="contest.decided_at", allow_null=True)
    is_mine = serializers.BooleanField()


class ContestDetailSerializer(ContestSerializer):
    why = serializers.CharField(source="row.why", help_text="What the rule found.")
    evidence = ProofSerializer(many=True, source="proofs")
