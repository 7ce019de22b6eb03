"""Whether this process lives, and whether it can serve: for load balancers, containers and the offline page."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from accounts.draining import draining

PATIENCE_S = 0.5


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers. Asks nobody: what others suffer is not mended by a restart."""
    return JsonResponse({"ok": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 where it can serve, 503 where it cannot or is about to stop.

    `{"ok": bool, "database": "ok" | "away", "redis": "ok" | "away" | "none", "draining": bool}`; without Redis it
    serves on: live updates between processes come late, and work waits for the sweep.
    """
    database = _database_answers()
    ok = database and not draining.is_set()
    body = {
        "ok": ok,
        "database": "ok" if database else "away",
        "redis": _redis_state(),
        "draining": draining.is_set(),
    }
    return JsonResponse(body, status=200 if ok else 503)


PROBES = {"/health/live": live, "/health/ready": ready, "/health/": ready}


class ProbesFirst:
    """Answers probes before anything looks at host, scheme or person: they come by address, over plain http."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info, self.get_response)
        response = probe(request)
        if probe is not self.get_response:
            response["Cache-Control"] = "no-store"
        return response


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_state() -> str:
    if not settings.REDIS_URL:
        return "none"
    from redis.exceptions import RedisError

    try:
        _redis().ping()
    except (RedisError, OSError):
        return "away"
    return "ok"


@cache
def _redis() -> Any:
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE_S,
        socket_connect_timeout=PATIENCE_S,
        retry=Retry(NoBackoff(), 1),  # a connection that went stale is made anew
    )
