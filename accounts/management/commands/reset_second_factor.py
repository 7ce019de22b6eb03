"""`manage.py reset_second_factor EMAIL`: for a colleague who lost the phone and the recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import services
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Removes the second factors of a person and signs them out everywhere; it is written in the audit trail. "
        "Make sure first, by other means than mail, that it is they who ask."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address that they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("Nobody signs in with this address.")
        count = services.reset_second_factor(person=person, actor=None, now=timezone.now())
        self.stdout.write(f"{count} second factors removed; every sign-in of {person.email} has ended.")
