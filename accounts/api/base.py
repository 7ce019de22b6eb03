"""What every endpoint is."""

import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from djangorestframework_camel_case.render import CamelCaseJSONRenderer
from rest_framework import serializers
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services
from accounts.errors import Refusal
from accounts.models import KeptAnswer

KEY = "Idempotency-Key"
NOT_KEPT = (401, 429)  # about the caller, not about the request: another try may end otherwise


class Endpoint(APIView):
    """A `POST` with an `Idempotency-Key` has one effect, however often it comes within a day."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        key = request.headers.get(KEY)
        if request.method == "POST" and key is not None and request.user.is_authenticated:
            self.post = partial(self._once, _key(key), self.post)

    def _once(
        self, key: UUID, post: Callable[..., Response], request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        claim = services.claim_answer(
            user=request.user, key=key, request_hash=_fingerprint(request), now=timezone.now()
        )
        if claim.status is not None:
            return Response(claim.body, status=claim.status)
        try:
            response = self._answer(post, request, *args, **kwargs)
        except BaseException:
            services.release_answer(claim=claim)
            raise
        self._keep(claim, response)
        return response

    def _answer(self, post: Callable[..., Response], request: Request, *args: Any, **kwargs: Any) -> Response:
        try:
            return post(request, *args, **kwargs)
        except Exception as refusal:
            return self.handle_exception(refusal)  # raises again what is no refusal

    def _keep(self, claim: KeptAnswer, response: Response) -> None:
        if response.status_code >= 500 or response.status_code in NOT_KEPT:
            services.release_answer(claim=claim)
            return
        wire = CamelCaseJSONRenderer().render(response.data)
        body = json.loads(wire) if wire else None
        services.keep_answer(claim=claim, status=response.status_code, body=body)


class Listing(Endpoint, ListAPIView):
    """A list in the envelope. `sort_by` maps the names that `?sort=` takes to columns (accounts.api.sorting)."""

    sort_by: dict[str, str] = {}


class Paged(Endpoint, GenericAPIView):
    """A list that is no table: its own order, and the envelope."""

    filter_backends: list = []


def revalidated(view: type[APIView]) -> type[APIView]:
    """For heavy reads: an ETag, and 304 without a body for who has it already."""
    view.has_etag = True
    return method_decorator(conditional_page, name="dispatch")(view)


def checked(serializer: serializers.BaseSerializer) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def _key(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        problem = _("A UUID, made anew for each thing that you want done.")
        raise Refusal(_("The Idempotency-Key is none."), details={KEY: [problem]}) from None


def _fingerprint(request: Request) -> str:
    asked = [request.path, request.query_params.dict(), request.data]
    return sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
