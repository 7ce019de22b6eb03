"""Makes learners with API tokens: `python -m bench.faults_parts.people HOW_MANY`, in the environment of a part.

Prints JSON: {"people": [{"id", "token"}], "scenarios": [id of each that is open to a beginner]}.
"""

import json
import os
import secrets
import sys
from datetime import timedelta
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk_sim.settings")
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import ApiToken, User, digest  # noqa: E402
from scenarios.models import Scenario  # noqa: E402


def make(how_many: int) -> list[dict[str, str]]:
    now = timezone.now()
    tokens = {uuid4(): secrets.token_urlsafe(32) for _ in range(how_many)}
    people = User.objects.bulk_create(
        [User(pk=pk, email=f"{pk.hex}@example.com", first_name="Robin", last_name="Gray") for pk in tokens]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people]
    )
    ApiToken.objects.bulk_create(
        [
            ApiToken(
                user=person,
                token_hash=digest(tokens[person.pk]),
                refresh_hash=digest(secrets.token_urlsafe(32)),
                created_at=now,
                expires_at=now + timedelta(hours=12),
                refresh_expires_at=now + timedelta(days=7),
            )
            for person in people
        ]
    )
    return [{"id": str(pk), "token": token} for pk, token in tokens.items()]


if __name__ == "__main__":
    open_to_all = Scenario.objects.published().filter(prerequisites=None)
    scenarios = [str(pk) for pk in open_to_all.values_list("pk", flat=True)]
    print(json.dumps({"people": make(int(sys.argv[1])), "scenarios": scenarios}))
