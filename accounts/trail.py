"""Where a request comes from, for the audit trail; there the address itself never stands."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.services.audit import visitor_address


class VisitorAddressMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = visitor_address.set(_address_of(request))
        try:
            return self.get_response(request)
        finally:
            visitor_address.reset(token)


def _address_of(request: HttpRequest) -> str:
    """Behind the trusted proxies alone; a header that lies about them tells nothing."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""
