"""What an address asks of a list. Whatever stands there, the page answers."""

from collections.abc import Container

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

LONGEST = 40


def choice(request: HttpRequest, name: str, known: Container[str], default: str = "") -> str:
    """The filter or order that is asked for; one that is not known is left out, and the page says so."""
    value = request.GET.get(name, "").strip()
    if not value:
        return default
    if value in known:
        return value
    told = _("“%(value)s” is not a choice here, so it was left out.") % {"value": value[:LONGEST]}
    messages.info(request, told)
    return default


def words(request: HttpRequest, name: str = "q") -> str:
    """Search words as typed; a database cannot take NUL."""
    return request.GET.get(name, "").replace("\0", " ").strip()
