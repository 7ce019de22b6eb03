"""What accounts does when allauth has news."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.dispatch import receiver
from django.utils import timezone

from accounts import services
from accounts.models import User


@receiver([password_changed, password_reset])
def end_api_sign_ins(user: User, **kwargs: Any) -> None:
    services.end_tokens(person=user, now=timezone.now())
