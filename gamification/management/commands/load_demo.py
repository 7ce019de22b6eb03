"""`manage.py load_demo`: the demo's people and eight weeks of their history. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gamification.demo.load import load_demo
from scenarios.models import Scenario


class Command(BaseCommand):
    help = "Make the demo sign-ins and a cohort with eight weeks of history, unless they are there."

    def handle(self, **options: Any) -> None:
        try:
            loaded = load_demo(now=timezone.now(), say=self._say)
        except Scenario.DoesNotExist:
            raise CommandError("Load the scenarios first: manage.py load_scenarios scenarios/pack") from None
        self._say("Demo loaded." if loaded else "The demo is there already.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
