"""`manage.py rescore`: who would change under the present rules, and by how much; `--apply` changes them."""

from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessment.models import Assessment
from assessment.scoring import RULES_VERSION
from assessment.services import foreseen, outdated, rescore
from scenarios.models import Scenario


class Command(BaseCommand):
    help = (
        "Show which scores by older rules the present rules would change, and by how much. Nothing is written "
        "unless --apply is given; then each score is revised in a transaction of its own, both numbers are kept, "
        "and the command can be started again where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scenario", default="", help="slug; only sessions of this scenario")
        parser.add_argument("--since", type=_day, help="YYYY-MM-DD (UTC); only sessions finished since then")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="only show it, which is the default")
        what.add_argument("--apply", action="store_true", help="revise the scores")

    def handle(self, *args: Any, scenario: str, since: datetime | None, apply: bool, **options: Any) -> None:
        if scenario and not Scenario.objects.filter(slug=scenario).exists():
            raise CommandError(f"There is no scenario “{scenario}”.")
        rows = outdated(scenario=scenario, since=since).values_list("pk", flat=True)
        looked, changed, broken = 0, 0, 0
        for assessment_id in list(rows):
            looked += 1
            try:
                changed += self._look(assessment_id, apply)
            except Exception as error:  # one that cannot be scored again must not keep the others from it
                broken += 1
                self.stderr.write(f"{assessment_id}: {type(error).__name__}: {error}")
        done = "changed" if apply else "would change"
        self.stdout.write(f"{changed} of {looked} scores by rules older than version {RULES_VERSION} {done}.")
        if changed and not apply:
            self.stdout.write("Nothing was written. Start it with --apply to revise them.")
        if broken:
            raise CommandError(f"{broken} could not be scored again; they keep their scores.")

    def _look(self, assessment_id: Any, apply: bool) -> bool:
        related = ("session__learner", "session__ticket", "session__version")
        assessment = Assessment.objects.select_related(*related).get(pk=assessment_id)
        change = foreseen(assessment)
        if change:
            session = assessment.session
            score = f"{change.before:g} → {change.after:g}"
            which = ", ".join(change.rows)
            self.stdout.write(f"{session.learner.email:32} {session.ticket.number:20} {score:16} {which}")
        if apply:
            rescore(assessment_id=assessment_id, now=timezone.now())
        return bool(change)


def _day(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time.min, UTC)
