"""Many rows of the same kind."""

from scenarios.models import Scenario, ScenarioVersion


def twins(scenario: Scenario, numbers: range) -> list[Scenario]:
    """Published copies of a scenario; the scenario itself comes before each of them."""
    made = []
    for number in numbers:
        columns = {
            field.name: getattr(scenario, field.name)
            for field in Scenario._meta.fields
            if field.name not in ("id", "slug", "title", "current_version")
        }
        twin = Scenario.objects.create(slug=f"twin-{number}", title=f"Twin {number}", **columns)
        twin.current_version = _same_document(scenario.current_version, twin)
        twin.save()
        twin.prerequisites.add(scenario)
        made.append(twin)
    return made


def _same_document(version: ScenarioVersion, twin: Scenario) -> ScenarioVersion:
    columns = ("number", "content_hash", "document", "source", "paths", "created_at")
    return ScenarioVersion.objects.create(scenario=twin, **{name: getattr(version, name) for name in columns})
