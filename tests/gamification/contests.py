"""What tests of contest and review share: words, addresses, the words of a page, and counting queries."""

from collections.abc import Callable
from html import unescape

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from assessment.models import Assessment

WHY = "I greeted them by name, as Lena always does."
BECAUSE = "The greeting is in line 2, by name."


def at(assessment: Assessment, criterion: str) -> str:
    return f"/sessions/{assessment.session_id}/contest/{criterion}/"


def text(page: HttpResponse) -> str:
    return unescape(" ".join(page.content.decode().split()))


def queries(get: Callable[[], HttpResponse]) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert get().status_code == 200
    return len(seen)
