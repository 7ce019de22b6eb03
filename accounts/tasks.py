"""Jobs. Each is one service call."""

from celery import shared_task
from django.utils import timezone

from accounts import services


@shared_task
def send_owed_mail() -> None:
    services.send_owed_mail(now=timezone.now())


@shared_task
def seal_audit() -> None:
    services.seal_audit(now=timezone.now())


@shared_task(soft_time_limit=1800, time_limit=1860)
def keep_less() -> None:
    services.keep_less(now=timezone.now())
