"""`manage.py verify_audit`: does the audit trail still say what it said?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts import services


class Command(BaseCommand):
    help = (
        "Seals what is new, walks the whole chain, and names each row that was altered, taken away or swapped "
        "(exit code 1). Note the printed head somewhere else; --head proves later that nothing before it was cut."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", metavar="DIGEST", help="a head that was printed earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        services.seal_audit(now=timezone.now())
        verdict = services.verify_audit(head=options["head"])
        for fault in verdict.faults:
            self.stderr.write(fault)
        if verdict.unsealed:
            self.stderr.write(f"{verdict.unsealed} events have no seal.")
        if verdict.faults or verdict.unsealed:
            sys.exit(1)
        self.stdout.write(f"{verdict.sealed} events, all as they were written. Head: {verdict.head}")
