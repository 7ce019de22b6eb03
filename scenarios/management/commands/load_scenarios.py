"""Loads scenario documents; safe to repeat."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from scenarios.reading import DocumentError
from scenarios.services import load_pack


class Command(BaseCommand):
    help = "Publish the scenario documents (*.yaml) of a folder, or one file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if not path.exists():
            raise CommandError(f"{path} does not exist: give a folder of scenario documents or one file.")
        try:
            loaded, new = load_pack(folder=path, now=timezone.now())
        except DocumentError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(f"{loaded} scenarios, {new} new or changed.")
