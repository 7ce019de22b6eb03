"""What was mailed."""

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts import services


def mailed() -> list[EmailMultiAlternatives]:
    """Every mail of this test so far, those included that a worker was about to send."""
    services.send_owed_mail(now=timezone.now())
    return mail.outbox
