"""`manage.py check_ledger`: is everybody's XP the sum of their lines in the ledger?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from gamification.selectors import ledger_faults


class Command(BaseCommand):
    help = (
        "Compares each person's XP and level with the ledger; exits with 1 and their names where they differ."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = ledger_faults()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write("The ledger agrees with everybody's XP and level.")
