"""`manage.py backup FILE`: copy the database into one file, while the site serves."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from helpdesk_sim.backup import back_up


class Command(BaseCommand):
    help = "Writes all that is committed into FILE, which must not be there yet (PostgreSQL: pg_dump's custom format)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        back_up(options["file"])
        self.stdout.write(f"{options['file']}: {options['file'].stat().st_size:,} bytes.")
