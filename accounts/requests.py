"""Requests of somebody signed in: what `login_required` and `IsAuthenticated` let through; and by which methods."""

from django.http import HttpRequest
from django.views.decorators.http import require_http_methods
from rest_framework.request import Request

from accounts.models import User

shown_or_sent = require_http_methods(["GET", "HEAD", "POST"])
"""For a page with a form, as `require_safe` is for one without."""


class PersonRequest(HttpRequest):
    """For annotations of pages."""

    user: User


class PersonApiRequest(Request):
    """For annotations of endpoints."""

    user: User
