"""Requests of somebody signed in: what `login_required` and `IsAuthenticated` let through."""

from django.http import HttpRequest
from rest_framework.request import Request

from accounts.models import User


class PersonRequest(HttpRequest):
    """For annotations of pages."""

    user: User


class PersonApiRequest(Request):
    """For annotations of endpoints."""

    user: User
