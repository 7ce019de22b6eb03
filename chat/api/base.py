"""What every session endpoint starts with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.settings import api_settings

from accounts.api.base import Endpoint
from accounts.errors import Missing
from chat.models import Session
from chat.services import note_read


class SessionView(Endpoint):
    """Finds the session for whoever asks: the owner, or those who may see the work."""

    pagination_class = api_settings.DEFAULT_PAGINATION_CLASS

    def visible(self, pk: UUID) -> Session:
        """To be read: an administrator leaves a trace."""
        rows = Session.objects.visible_to(self.request.user).select_related("ticket")
        session = _found(rows.filter(pk=pk).first())
        note_read(session=session, reader=self.request.user, now=timezone.now())
        return session

    def own(self, pk: UUID) -> Session:
        rows = Session.objects.of(self.request.user).select_related("ticket")
        return _found(rows.filter(pk=pk).first())

    def listed(self, rows: Sequence[dict[str, Any]]) -> Response:
        """A page of `rows` in the envelope of every list."""
        pages = self.pagination_class()
        return pages.get_paginated_response(pages.paginate_queryset(rows, self.request, view=self))


def _found(session: Session | None) -> Session:
    if session is None:
        raise Missing(_("There is no such session."))
    return session
