"""Many rows of the same kind."""

from datetime import timedelta
from typing import Any

from django.db.models import Model

from assessment.models import Assessment
from chat.models import Session, Ticket
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


def more_runs(run: Session, total: int) -> None:
    """As many scored runs as asked for, each like this one and an hour older than the one before."""
    known = Session.objects.filter(learner=run.learner).count()
    sessions = [_like(run, finished_at=run.finished_at - n * timedelta(hours=1)) for n in range(known, total)]
    Session.objects.bulk_create(sessions)
    Ticket.objects.bulk_create(
        _like(run.ticket, session=session, number=f"TKT-20250101-{n:05}")
        for n, session in enumerate(sessions, known)
    )
    Assessment.objects.bulk_create(_like(run.assessment, session=session) for session in sessions)


def _like(row: Model, **other: Any) -> Any:
    """Another row with the same values but these and its key."""
    columns = {field.name: getattr(row, field.name) for field in row._meta.fields if not field.primary_key}
    return type(row)(**columns | other)
