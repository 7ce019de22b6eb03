"""`manage.py prepare`: bring the database up to this version. Safe to repeat."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Migrate, and load the articles and scenarios that ship with the product (and the demo, with DEMO=1)."
    )

    def handle(self, **options: Any) -> None:
        self._step("words", "compile_words")
        self._step("database", "migrate", verbosity=0)
        self._step("articles", "load_articles", settings.BASE_DIR / "knowledge" / "pack")
        self._step("scenarios", "load_scenarios", settings.BASE_DIR / "scenarios" / "pack")
        if settings.DEMO:
            self._step("demo (a minute, the first time)", "load_demo")

    def _step(self, what: str, command: str, *arguments: object, **options: Any) -> None:
        self.stdout.write(f"preparing: {what}")
        self.stdout.flush()
        started = time.monotonic()
        call_command(command, *map(str, arguments), **options)
        if (took := time.monotonic() - started) > 1:
            self.stdout.write(f"  {took:.0f} s")
