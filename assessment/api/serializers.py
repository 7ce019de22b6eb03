"""Shapes of the wire; camelCase is put on by the renderer."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessment.models import Assessment
from assessment.selectors import Measure, Performance, Point, Report, Timeframe
from assessment.selectors.report import Row
from assessment.selectors.skills import Skill, skills_beforehand
from chat.models import Mode, Voice
from knowledge.models import Category
from scenarios.models import Difficulty, Scenario


class PrerequisiteSerializer(serializers.ModelSerializer):
    is_completed = serializers.BooleanField()

    class Meta:
        model = Scenario
        fields = ["id", "slug", "title", "is_completed"]
        read_only_fields = fields


class ScenarioSerializer(serializers.ModelSerializer):
    """What may be said beforehand: a row of `assessment.selectors.catalogue`. `estimatedTime` is in minutes."""

    skills = serializers.SerializerMethodField(help_text="As far as they may be told beforehand.")
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

    def get_skills(self, scenario: Scenario) -> list[str]:
        return skills_beforehand(scenario)


class StartSerializer(serializers.Serializer):
    mode = serializers.ChoiceField(Mode.choices)
    voice = serializers.ChoiceField(
        Voice.choices, default="", help_text="Whose words the customer speaks, where the learner may choose."
    )


class AskedSerializer(serializers.Serializer):
    """Which part of my performance."""

    timeframe = serializers.ChoiceField(Timeframe.choices, default=Timeframe.MONTH)
    dimension = serializers.ChoiceField(Measure.choices, default=Measure.OVERALL)
    scenario = serializers.SlugField(default="", max_length=80)
    difficulty = serializers.ChoiceField(Difficulty.choices, default="")
    category = serializers.ChoiceField(Category.choices, default="")
    caller = serializers.ChoiceField(Assessment.Caller.choices, default="", help_text="How I judged them.")
    since = serializers.DateField(default=None, help_text="First day, in my time zone.")
    until = serializers.DateField(default=None, help_text="Last day, in my time zone.")


class CSVSerializer(serializers.Serializer):
    format = serializers.ChoiceField([("csv", "CSV")])


class ReportFileSerializer(serializers.Serializer):
    format = serializers.ChoiceField([("csv", "CSV"), ("xlsx", "XLSX")])


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
    session_ids = serializers.SerializerMethodField(help_text="The runs behind it.")

    def get_session_ids(self, point: Point) -> list[UUID]:
        return [run.session_id for run in point.runs]


class SkillSerializer(serializers.Serializer):
    """`expected` is the score to be expected in an intermediate scenario; null while there are too few attempts."""

    name = serializers.CharField()
    label = serializers.CharField()
    rating = serializers.CharField(source="words", help_text="In words.")
    expected = serializers.SerializerMethodField()
    attempts = serializers.IntegerField()
    due_at = serializers.DateTimeField()
    is_due = serializers.BooleanField()

    def get_expected(self, skill: Skill) -> float | None:
        return skill.expected if skill.is_known else None


class RateSerializer(serializers.Serializer):
    """`count` of `total`; `percent` is null where there are too few to make a rate."""

    count = serializers.IntegerField()
    total = serializers.IntegerField()
    percent = serializers.FloatField(allow_null=True)


class CallersSerializer(serializers.Serializer):
    impostors_let_in = RateSerializer()
    honest_turned_away = RateSerializer()


class PerformanceSerializer(serializers.Serializer):
    """Exam runs only. `trend` compares with the period before; `series` is of the dimension asked for.

    `skills` and `callers` are of all runs, whatever is asked for.
    """

    timeframe = serializers.ChoiceField(Timeframe.choices)
    dimension = serializers.ChoiceField(Measure.choices, source="measure")
    runs = serializers.SerializerMethodField(help_text="How many there are.")
    averages = MeasuresSerializer()
    trend = MeasuresSerializer(source="trends")
    satisfaction = serializers.FloatField(allow_null=True)
    series = PointSerializer(many=True)
    skills = SkillSerializer(many=True)
    callers = CallersSerializer()

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
    callers = CallersSerializer()
    last_exam_at = serializers.DateTimeField(source="last_at", allow_null=True)

    @extend_schema_field(BestSerializer(many=True))
    def get_best(self, row: Row) -> Any:
        names = BestSerializer().fields  # of many people: a serializer for each is what takes the time
        return [{name: getattr(result, name) for name in names} for result in row.best if result]


class ReportSerializer(serializers.Serializer):
    """The same as the page: people by scenarios, exam runs only."""

    cohort_id = serializers.UUIDField(source="cohort.pk")
    name = serializers.CharField(source="cohort.name")
    scenarios = serializers.SerializerMethodField()
    people = ReportRowSerializer(source="rows", many=True)
    average = serializers.FloatField(allow_null=True)
    trend = serializers.FloatField(allow_null=True)
    exams = serializers.IntegerField()
    callers = CallersSerializer()

    @extend_schema_field(ReportScenarioSerializer(many=True))
    def get_scenarios(self, report: Report) -> Any:
        columns = zip(report.scenarios, report.averages, strict=True)
        shown = [{"id": s.pk, "title": s.title, "average": average} for s, average in columns]
        return ReportScenarioSerializer(shown, many=True).data
