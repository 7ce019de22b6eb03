"""What every page may show of the person who looks at it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject


def person(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices` is counted only when a template asks; `demo`: whether this is a trial.

    `second_factor_needed`: whether staff get nowhere without one.
    """
    said = {"demo": settings.DEMO, "second_factor_needed": settings.STAFF_NEED_SECOND_FACTOR}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return said | {"unread_notices": 0}
    count = SimpleLazyObject(lambda: user.notices.unread().count())
    return said | {"unread_notices": count}
