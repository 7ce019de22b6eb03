"""Prints the rubric in words, or writes it to the documentation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from assessment.scoring.in_words import rubric


class Command(BaseCommand):
    help = "Print how attempts are scored, as docs/rubric.md has it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/rubric.md")

    def handle(self, *args: Any, write: bool, **options: Any) -> None:
        if write:
            (Path(settings.BASE_DIR) / "docs" / "rubric.md").write_text(rubric(), "utf-8")
        else:
            self.stdout.write(rubric())
