"""What every endpoint is."""

import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
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
from accounts.services.floods import refuse_flood

KEY = "Idempotency-Key"
NOT_KEPT = (401, 429)  # about the caller, not about the request: another try may end otherwise


class Endpoint(APIView):
    """A `POST` with an `Idempotency-Key` has one effect, however often it comes within a day.

    Effect and kept answer are one transaction; what a service does after commit (frames, mails, tasks) is owed by rows.
    """

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        finally:  # also where a token is none: guesses are a flood like another
            refuse_flood(request=request)

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
            with (
                transaction.atomic()
            ):  # a server that dies leaves both, what was done and its answer, or neither
                response = self._answer(post, request, *args, **kwargs)
                is_kept = response.status_code < 500 and response.status_code not in NOT_KEPT
                if is_kept:
                    services.keep_answer(
                        claim=claim, status=response.status_code, body=_on_the_wire(response)
                    )
        except BaseException:
            services.release_answer(claim=claim)
            raise
        if not is_kept:
            services.release_answer(claim=claim)
        return response

    def _answer(self, post: Callable[..., Response], request: Request, *args: Any, **kwargs: Any) -> Response:
        """What is refused is undone before the refusal is kept."""
        try:
            with transaction.atomic():
                return post(request, *args, **kwargs)
        except Exception as refusal:
            return self.handle_exception(refusal)  # raises again what is no refusal


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


def _on_the_wire(response: Response) -> Any:
    wire = CamelCaseJSONRenderer().render(response.data)
    return json.loads(wire) if wire else None


def _key(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        problem = _("A UUID, made anew for each thing that you want done.")
        raise Refusal(_("The Idempotency-Key is none."), details={KEY: [problem]}) from None


def _fingerprint(request: Request) -> str:
    asked = [request.path, request.query_params.dict(), request.data]
    return sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
