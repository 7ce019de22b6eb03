"""What only a migrated database can tell: secrets that open, scenarios that hold, jobs that run."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db.models import F, JSONField, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.encryption import Unreadable, decrypt, is_sealed
from accounts.models.fields import EncryptedTextField
from accounts.services.rotation import FACTOR_PURPOSE
from helpdesk_sim.doctor.finding import Finding, note, ok, wrong
from helpdesk_sim.last_runs import NOTED
from helpdesk_sim.models import LastRun
from scenarios.models import Scenario
from scenarios.reading import read_as_far
from scenarios.services import proof_of

MISSED = 4  # runs of a job in a row


def secrets() -> Iterator[Finding]:
    """Tries the newest of each kind."""
    tried, closed = 0, []
    for stored, purpose in _stored_secrets():
        tried += 1
        try:
            decrypt(stored, purpose=purpose)
        except Unreadable:
            closed.append(purpose)
    if closed:
        yield wrong(
            "secrets",
            f"SECRETS_KEYS does not open what is stored: {', '.join(closed)}.",
            "Add the key that wrote them to SECRETS_KEYS, behind the present one; then run manage rotate_secrets.",
        )
    else:
        yield ok("secrets", "SECRETS_KEYS opens what is stored." if tried else "None is stored yet.")


def _stored_secrets() -> Iterator[tuple[str, str]]:
    """(secret, purpose)"""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                rows = model._base_manager.annotate(stored=Cast(F(field.name), TextField()))
                newest = rows.exclude(stored="").order_by("-pk").values_list("stored", flat=True).first()
                if newest:
                    yield newest, field.purpose
    factors = Authenticator.objects.annotate(stored=Cast(F("data"), JSONField())).order_by("-pk")
    for secret in _sealed_in(factors.values_list("stored", flat=True).first()):
        yield secret, FACTOR_PURPOSE


def _sealed_in(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for part in value.values():
                yield from _sealed_in(part)
        case list():
            for part in value:
                yield from _sealed_in(part)
        case str() if is_sealed(value):
            yield value


def scenarios() -> Iterator[Finding]:
    versions = [s.current_version for s in Scenario.objects.published().select_related("current_version")]
    unproved = [v.scenario.slug for v in versions if v and not proof_of(read_as_far(v.source))]
    if not versions:
        yield wrong("scenarios", "None is published.", "Run script/run prepare: it loads those that ship.")
    elif unproved:
        yield note(
            "scenarios",
            f"{len(unproved)} of {len(versions)} are not proved by this version: {', '.join(unproved[:5])}.",
            "Publish them again in the admin, or run script/run prepare for those that ship.",
        )
    else:
        yield ok("scenarios", f"{len(versions)} are published and proved.")


def jobs() -> Iterator[Finding]:
    now, seen = timezone.now(), dict(LastRun.objects.values_list("task", "at"))
    schedule = settings.CELERY_BEAT_SCHEDULE
    late = [
        f"{task} ({f'last at {seen[task]:%Y-%m-%d %H:%M:%S} UTC' if task in seen else 'never'})"
        for task in sorted(NOTED)
        if task not in seen or now - seen[task] > timedelta(seconds=MISSED * schedule[task]["schedule"])
    ]
    # What runs once an hour has its first run an hour after the start.
    late = [each for each in late if "never" not in each or schedule[each.split()[0]]["schedule"] < 3600]
    if late:
        start = (
            "Start it with script/server."
            if settings.EMBEDDED
            else "Start one beat, and a worker; read their logs."
        )
        yield wrong("jobs", f"These do not run: {', '.join(late)}.", start)
    else:
        yield ok("jobs", "Worker and beat live: the sweeps ran lately.")
