"""The pages that say what went wrong and what to do next."""

import logging
import sys
from collections.abc import Callable
from typing import NamedTuple

import structlog
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.errors import Refusal
from helpdesk_sim.look import CHOICES

log = logging.getLogger(__name__)
Words = str | Promise
RETRY_S = 10
READ_ONLY = "25006"  # what PostgreSQL calls a write to a database that only reads, for instance a stand-by


class Problem(NamedTuple):
    """`kind` stands on the stub of the ticket; `message` says what happened, `advice` what to do."""

    kind: Words
    title: Words
    message: Words
    advice: Words
    again: bool = False


PROBLEMS = {
    400: Problem(
        _("Not understood"),
        _("We could not read that request"),
        _("Something in it was cut off or is not what this address takes."),
        _(
            "Go back, load the page again and send it once more. If you typed the address, check it for a slip."
        ),
    ),
    403: Problem(
        _("Not allowed"),
        _("This door is for another role"),
        _("Your account may not do this."),
        _("If you think it should, ask the person who manages your cohort."),
    ),
    404: Problem(
        _("Not found"),
        _("No such ticket in this tray"),
        _("There is nothing here, or it is not yours to see."),
        _("Check the address for a slip, or start again from a place that exists."),
    ),
    405: Problem(
        _("Not this way"),
        _("This address belongs to a button"),
        _("It takes what a form sends and has no page of its own."),
        _("Go back and press the button there. Nothing was changed."),
    ),
    409: Problem(
        _("Overtaken"),
        _("Things have moved on"),
        _("What you wanted to change is no longer as your page showed it."),
        _("Go back and load the page again to see how it stands now."),
    ),
    429: Problem(
        _("Too many tries"),
        _("That was a lot in a short time"),
        _("To keep out people who guess passwords, we count tries and have stopped counting yours."),
        _("Wait five minutes, then try again. Your account and your work are not affected."),
        again=True,
    ),
    500: Problem(
        _("Our fault"),
        _("This one is ours to fix"),
        _("Something broke on our side. What was saved before is still there."),
        _(
            "It has been written to the log. Wait a moment and load the page again; a running conversation continues where it was."
        ),
        again=True,
    ),
    503: Problem(
        _("One moment"),
        _("The desk is closed for a moment"),
        _("The site is restarting or very busy. What was saved before is still there."),
        _("Wait half a minute and load the page again; a running conversation continues where it was."),
        again=True,
    ),
}
STALE = Problem(
    _("Form out of date"),
    _("This form was open for too long"),
    _(
        "It could not be matched to your visit, so nothing was sent. Perhaps you signed in or out in another tab."
    ),
    _("Load the page again and send it once more. If that does not help, allow cookies for this site."),
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer_alone(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In the words of the refusal, where a service or a middleware had some."""
    problem = PROBLEMS[403]
    if isinstance(exception, Refusal):
        problem = problem._replace(message=exception.message)
    return _answer(request, 403, problem)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Also what allauth shows when its limits are reached (it looks for `handler429`)."""
    return _answer(request, 429)


def broken(request: HttpRequest) -> HttpResponse:
    """A database that cannot be had is no fault of the code: it passes, and says so."""
    error = sys.exc_info()[1]
    if not _passes(error):
        return _answer_alone(request, 500)
    log.warning("The database could not serve %s: %s", request.path, " ".join(str(error).split()))
    response = _answer_alone(request, 503)
    response.headers["Retry-After"] = str(RETRY_S)
    response._has_been_logged = True  # type: ignore[attr-defined]  # else Django adds a traceback to that line
    return response


def _passes(error: BaseException | None) -> bool:
    """Away, restarting, out of connections, locked for too long, read-only: another try may well succeed."""
    if isinstance(error, InternalError):
        return getattr(error.__cause__, "sqlstate", None) == READ_ONLY
    return isinstance(error, (OperationalError, InterfaceError))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or of another visit (cross-site request forgery check)."""
    referer = request.META.get("HTTP_REFERER", "")
    back = referer if url_has_allowed_host_and_scheme(referer, {request.META.get("HTTP_HOST", "")}) else ""
    return _answer(request, 403, STALE, back=back)


class HelpfulRefusals:
    """Middleware: what a service refuses, and what Django refuses without a word, gets a page that helps."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        helpful = _answer(request, 405)
        helpful.headers["Allow"] = response.headers.get("Allow", "")
        return helpful

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        problem = PROBLEMS.get(exception.status, PROBLEMS[409])
        return _answer(request, exception.status, problem._replace(message=exception.message))


def _answer(
    request: HttpRequest, status: int, problem: Problem | None = None, back: str = ""
) -> HttpResponse:
    """The problem in the frame of the site, or as the API says it."""
    problem = problem or PROBLEMS[status]
    if _is_api(request):
        return _api_answer(request, status, problem)
    return render(request, "error.html", {"problem": problem, "status": status, "back": back}, status=status)


def _answer_alone(request: HttpRequest, status: int) -> HttpResponse:
    """Without the frame: person, session and database may be what broke."""
    problem = PROBLEMS[status]
    if _is_api(request):
        return _api_answer(request, status, problem)
    theme = request.COOKIES.get("theme")
    context = {
        "problem": problem,
        "status": status,
        "theme": theme if theme in CHOICES["theme"] else "system",
        "reference": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    return HttpResponse(render_to_string("error_alone.html", context), status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _api_answer(request: HttpRequest, status: int, problem: Problem) -> JsonResponse:
    # The framework's own settings name this module: it must be the framework that loads it first.
    from helpdesk_sim.api.errors import error_body

    return JsonResponse(error_body(request.path, status, str(problem.message)), status=status)
