"""`manage.py doctor`: say what is wrong with this installation, and what to do."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from helpdesk_sim.doctor import examine

MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


class Command(BaseCommand):
    help = "Looks at everything this installation needs. Exit status 1 if something is wrong."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object: {ok, findings}")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(examine())
        well = all(finding.state != "wrong" for finding in findings)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": well, "findings": [asdict(each) for each in findings]}))
        else:
            for each in findings:
                self.stdout.write(f"{MARKS[each.state]} {each.about}: {each.says}")
                if each.do:
                    self.stdout.write(f"      {each.do}")
        if not well:
            sys.exit(1)
