"""How much one may ask for: by person, and by address where nobody is signed in. Counted in the shared cache."""

from time import time

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.errors import TooMany
from accounts.services.audit import visitor_address
from accounts.services.guesses import count

WINDOW_S = 60


def refuse_flood(*, request: HttpRequest) -> None:
    """One more of who asks. Raises `TooMany` beyond `settings.REQUESTS_A_MINUTE`, until the minute is over."""
    window, passed = divmod(int(time()), WINDOW_S)
    who = f"person:{request.user.pk}" if request.user.is_authenticated else f"address:{visitor_address.get()}"
    if count(f"requests:{who}:{window}", seconds=WINDOW_S) > settings.REQUESTS_A_MINUTE:
        told = _("That was a lot in a short time. Wait a minute, then try again.")
        raise TooMany(told, extra={"retry_after": WINDOW_S - passed})
