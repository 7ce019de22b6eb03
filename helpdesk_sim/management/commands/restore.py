"""`manage.py restore FILE`: a backup into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from helpdesk_sim.backup import restore


class Command(BaseCommand):
    help = "Reads FILE of `backup` into the database, which must be empty, whole or not at all."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        restore(options["file"])
        self.stdout.write("Restored. Now: manage.py prepare, verify_audit and check_ledger.")
