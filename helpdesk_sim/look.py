"""How pages look and listen: theme and density, chosen in the menu on any page; single keys, in the sheet of keys."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.services import change_preferences

CHOICES = {
    "theme": ("system", "light", "dark"),
    "density": ("comfortable", "compact"),
    "shortcuts": ("on", "off"),
}
A_YEAR_S = 365 * 24 * 3600


class Look(NamedTuple):
    """All but the single keys stands on the `html` element of every page."""

    theme: str = "system"
    density: str = "comfortable"
    shortcuts: str = "on"
    text_size: str = "normal"
    reduced_motion: bool = False


def look(request: HttpRequest) -> dict[str, Look]:
    """Context processor. Asked for lazily, so that a page without the frame needs no database."""
    return {"look": SimpleLazyObject(lambda: look_of(request))}


def look_of(request: HttpRequest) -> Look:
    """A person's own theme follows them everywhere; a visitor's, the density and the keys belong to the browser."""
    kept = {name: request.COOKIES.get(name) for name in CHOICES}
    ours = Look(**{name: value for name, value in kept.items() if value in CHOICES[name]})
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ours
    wishes = {name: user.preferences[name] for name in Look._fields if name in user.preferences}
    return ours._replace(**wishes)


@require_POST
def choose_look(request: HttpRequest) -> HttpResponse:
    """Keeps what was chosen and goes back; what is no choice is left out."""
    chosen = {name: request.POST[name] for name in CHOICES if request.POST.get(name) in CHOICES[name]}
    if request.user.is_authenticated and "theme" in chosen:
        change_preferences(person=request.user, changes={"theme": chosen["theme"]})
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = redirect(back if ours else "landing")
    for name, value in chosen.items():
        response.set_cookie(
            name, value, max_age=A_YEAR_S, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    return response
