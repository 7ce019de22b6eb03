from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.errors import Refusal
from knowledge.services import load_articles


class Command(BaseCommand):
    help = "Load articles (Markdown with front matter) from a file or a folder. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            loaded = load_articles(path=path, now=timezone.now())
        except Refusal as refusal:
            lines = [f"{file}: {line}" for file, found in (refusal.details or {}).items() for line in found]
            raise CommandError("\n".join([*lines, refusal.message])) from None
        self.stdout.write(
            f"Articles: {loaded.new} new, {loaded.changed} changed, {loaded.unchanged} unchanged."
        )
