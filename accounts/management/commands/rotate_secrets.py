"""`manage.py rotate_secrets`: secrets at rest move to the newest key."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from accounts import services


class Command(BaseCommand):
    help = (
        "Writes every secret at rest (second factors, providers) again under the first of SECRETS_KEYS. "
        "Safe to repeat. When it ends well, the older keys may go."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        rotations = services.rotate_secrets()
        for rotation in rotations:
            self.stdout.write(f"{rotation.what}: {rotation.renewed} written again")
            for pk in rotation.unreadable:
                self.stderr.write(f"{rotation.what} {pk}: no key in SECRETS_KEYS opens it, or it was altered")
        if any(rotation.unreadable for rotation in rotations):
            sys.exit(1)
