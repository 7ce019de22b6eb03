"""What belongs to no app: health and the error pages."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from helpdesk_sim.api import error_body


def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; for load balancers and `script/server`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _problem(request, 404, "There is nothing here, or it is not yours to see.")


def broken(request: HttpRequest) -> HttpResponse:
    return _problem(request, 500, "Something broke on our side. Nothing you sent was lost.")


def _problem(request: HttpRequest, status: int, message: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(error_body(request.path, status, message), status=status)
    return render(request, f"{status}.html", {"message": message}, status=status)
