"""Shapes of the wire; camelCase is put on by the renderer."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessment.selectors import Measure, Performance, Report, Timeframe
from assessment.selectors.report import Row
from chat.models import Mode
from scenarios.models import Scenario


class PrerequisiteSerializer(serializers.ModelSerializer):
    is_completed = serializers.BooleanField()

    class Meta:
        model = Scenario
        fields = ["id", "slug", "title", "is_completed"]
        read_only_fields = fields


class ScenarioSerializer(serializers.ModelSerializer):
    """What may be said beforehand: a row of `assessment.selectors.catalogue`. `estimatedTime` is in minutes."""

    skills = serializers.ListField(child=serializers.CharField(), read_only=True)
    is_unlocked = serializers.BooleanField()
    is_completed = serializers.BooleanField(help_text="Brought to a right end at least once.")
    best_score = serializers.FloatField(allow_null=True, help_text="Of my exam runs.")
    running_session_id = serializers.UUIDField(source="running", allow_null=True)
    prerequisites = PrerequisiteSerializer(source="needs", many=True)

    class Meta:
        model = Scenario
        fields = [
            "id",
            "slug",
            "title",
            "summary",
            "difficulty",
            "category",
            "estimated_time",
            "xp_reward",
            "skills",
            "is_unlocked",
            "is_completed",
            "best_score",
            "running_session_id",
            "prerequisites",
        ]
        read_only_fields = fields


class StartSerializer(serializers.Serializer):
    mode = serializers.ChoiceField(Mode.choices)


class AskedSerializer(serializers.Serializer):
    """Which part of my performance."""

    timeframe = serializers.ChoiceField(Timeframe.choices, default=Timeframe.MONTH)
    dimension = serializers.ChoiceField(Measure.choices, default=Measure.OVERALL)


class CSVSerializer(serializers.Serializer):
    format = serializers.ChoiceField([("csv", "CSV")])


class AskedFileSerializer(AskedSerializer, CSVSerializer):
    pass


class MeasuresSerializer(serializers.Serializer):
    """A number per dimension; null where it did not apply or there is nothing to compare."""

    overall = serializers.FloatField(allow_null=True)
    verification = serializers.FloatField(allow_null=True)
    technical = serializers.FloatField(allow_null=True)
    communication = serializers.FloatField(allow_null=True)
    documentation = serializers.FloatField(allow_null=True)
    response_time = serializers.FloatField(allow_null=True)
    efficiency = serializers.FloatField(allow_null=True)
    research = serializers.FloatField(allow_null=True)

    def to_representation(self, scores: dict[Measure, float | None]) -> dict[str, float | None]:
        return {measure.value: value for measure, value in scores.items()}


class PointSerializer(serializers.Serializer):
    start = serializers.DateField()
    label = serializers.CharField()
    value = serializers.FloatField(allow_null=True)


class PerformanceSerializer(serializers.Serializer):
    """Exam runs only. `trend` compares with the period before; `series` is of the dimension asked for."""

    timeframe = serializers.ChoiceField(Timeframe.choices)
    dimension = serializers.ChoiceField(Measure.choices, source="measure")
    runs = serializers.SerializerMethodField(help_text="How many there are.")
    averages = MeasuresSerializer()
    trend = MeasuresSerializer(source="trends")
    satisfaction = serializers.FloatField(allow_null=True)
    series = PointSerializer(many=True)

    def get_runs(self, seen: Performance) -> int:
        return len(seen.runs)


class ReportScenarioSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    title = serializers.CharField()
    average = serializers.FloatField(allow_null=True)


class BestSerializer(serializers.Serializer):
    scenario_id = serializers.UUIDField()
    session_id = serializers.UUIDField()
    overall = serializers.FloatField()


class ReportRowSerializer(serializers.Serializer):
    """`best` holds a result for each scenario that the person has a score in."""

    id = serializers.UUIDField(source="person.pk")
    name = serializers.CharField(source="person.display_name")
    best = serializers.SerializerMethodField()
    average = serializers.FloatField(allow_null=True)
    trend = serializers.FloatField(allow_null=True)
    exams = serializers.IntegerField()
    last_exam_at = serializers.DateTimeField(source="last_at", allow_null=True)

    @extend_schema_field(BestSerializer(many=True))
    def get_best(self, row: Row) -> Any:
        return BestSerializer([result for result in row.best if result], many=True).data


class ReportSerializer(serializers.Serializer):
    """The same as the page: people by scenarios, exam runs only."""

    cohort_id = serializers.UUIDField(source="cohort.pk")
    name = serializers.CharField(source="cohort.name")
    scenarios = serializers.SerializerMethodField()
    people = ReportRowSerializer(source="rows", many=True)
    average = serializers.FloatField(allow_null=True)
    trend = serializers.FloatField(allow_null=True)
    exams = serializers.IntegerField()

    @extend_schema_field(ReportScenarioSerializer(many=True))
    def get_scenarios(self, report: Report) -> Any:
        columns = zip(report.scenarios, report.averages, strict=True)
        shown = [{"id": s.pk, "title": s.title, "average": average} for s, average in columns]
        return ReportScenarioSerializer(shown, many=True).data
