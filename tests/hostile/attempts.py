"""One hostile request, how it is sent, and what must hold of every answer."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Cohort, User
from assessment.models import Assessment, Contest, Override
from chat.models import Message, Session
from gamification.models import EarnedAchievement, Reward, XPEntry
from knowledge.models import Article
from tests.authorisation.world import ANYBODY, World, browser_of, program_of

MARK = "<b7f3a"
"""Begins the tag of every payload that wants to be markup: no page may hold it as such."""
EVIL = "evil.example"
ERROR = {"statusCode", "error", "message", "timestamp", "path"}
FORMULA = ("=", "+", "@", "\t", "\r", "-")
NAME = re.compile(r"\{(\w+)\}")
HTTP_NAMES = ("CONTENT_TYPE", "CONTENT_LENGTH", "REMOTE_ADDR")


@dataclass(frozen=True)
class Attempt:
    """`{name}` in address, body and headers is a thing of the world; `then` is looked at afterwards, by whom.

    `expect`: the statuses that are right. `may`: the parts of the digest that a right answer changes.
    """

    name: str
    method: str
    address: str
    expect: tuple[int, ...]
    who: str = "owner"
    sends: Any = None
    raw: bytes | None = None
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    may: frozenset[str] = frozenset()
    then: tuple[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.name}: {self.method} {self.address[:60]}"

    @property
    def is_api(self) -> bool:
        return self.address.startswith("/api/")


Doors = dict[str, tuple[Client, APIClient]]


def doors_of(world: World) -> Doors:
    """Everybody's browser and program, signed in."""
    found = {who: (browser_of(person), program_of(person)) for who, person in world.people.items()}
    return {ANYBODY: (Client(), APIClient()), **found}


class Attacker:
    """Sends attempts into a world inside a transaction, and takes back what they did."""

    def __init__(self, world: World, doors: Doors) -> None:
        self.world, self.doors = world, doors
        self.before = digest()

    def send(self, attempt: Attempt) -> list[str]:
        """What was wrong with the answer, and with the world after it."""
        cache.clear()  # the limits of the one before
        with transaction.atomic():
            answer = self._answer(attempt)
            problems = [*problems_of(answer, attempt.expect, is_api=attempt.is_api)]
            after = digest()
            changed = {part for part in after if after[part] != self.before[part]} - attempt.may
            problems += [f"changed {part}" for part in sorted(changed)]
            if attempt.then:
                who, address = attempt.then
                seen = self._answer(Attempt("then", "GET", address, (200,), who))
                problems += problems_of(seen, (200,), is_api=address.startswith("/api/"))
            transaction.set_rollback(True)
        return problems

    def _answer(self, attempt: Attempt) -> HttpResponse:
        client = self._client(attempt)
        sends = self._named(attempt.sends)
        raw = attempt.raw
        if raw is None and sends is not None and attempt.is_api:
            raw = json.dumps(sends).encode()
        headers = {_meta(name): self._named(value) for name, value in attempt.headers.items()}
        address = self._named(attempt.address)
        if raw is not None:
            return client.generic(attempt.method, address, raw, attempt.kind, **headers)
        if sends is not None:
            return client.post(address, sends, **headers)
        return client.generic(attempt.method, address, b"", "application/octet-stream", **headers)

    def _named(self, given: Any) -> Any:
        """With the things of the world in it; other braces stay."""
        if isinstance(given, dict):
            return {name: self._named(value) for name, value in given.items()}
        if isinstance(given, list):
            return [self._named(value) for value in given]
        if isinstance(given, str):
            return NAME.sub(lambda found: self.world.named.get(found[1], found[0]), given)
        return given

    def _client(self, attempt: Attempt) -> Client:
        """As a program against the API, as a browser on pages; without signs of a caller who brings their own."""
        browser, program = self.doors[attempt.who]
        client = Client(raise_request_exception=False)
        own = {"Authorization", "Cookie"} & set(attempt.headers)
        if attempt.is_api and attempt.who != ANYBODY and not own:
            client.defaults["HTTP_AUTHORIZATION"] = program._credentials["HTTP_AUTHORIZATION"]
        elif not attempt.is_api and not own:
            client.cookies = browser.cookies.copy()
        return client


def problems_of(answer: HttpResponse, expect: tuple[int, ...], *, is_api: bool) -> list[str]:
    """What no answer may be or hold."""
    problems = []
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace")
    kind = answer.get("Content-Type", "")
    if answer.status_code not in expect:
        problems.append(f"answered {answer.status_code}, not {expect}: {text[:200]}")
    if is_api and answer.status_code >= 400:
        problems += _shape_problems(answer.status_code, text)
    if "html" in kind and MARK in text:
        problems.append("markup of a stranger stands in the page")
    if "Traceback (most recent" in text or "SECRET_KEY" in text:
        problems.append("tells what nobody should read")
    if "csv" in kind:
        problems += [
            f"a formula: {cell}" for row in csv.reader(io.StringIO(text)) for cell in row if _runs(cell)
        ]
    if urlsplit(answer.get("Location", "")).hostname not in (None, "testserver"):
        problems.append(f"leads to {answer['Location']}")
    if any(EVIL in value for name, value in answer.items() if name != "Location"):
        problems.append("a header of a stranger")
    return problems


def _shape_problems(status: int, text: str) -> list[str]:
    try:
        told = json.loads(text)
    except ValueError:
        return [f"no error in JSON: {text[:100]}"]
    right = isinstance(told, dict) and set(told) >= ERROR and told["statusCode"] == status and told["message"]
    return [] if right else [f"an error in another shape: {text[:200]}"]


def _runs(cell: str) -> bool:
    """A spreadsheet would compute it."""
    return cell.startswith(FORMULA) and not cell.lstrip("-").replace(".", "", 1).isdigit()


def _meta(name: str) -> str:
    plain = name.upper().replace("-", "_")
    return plain if plain in HTTP_NAMES else f"HTTP_{plain}"


def digest() -> dict[str, str]:
    """By part: what must stay whatever is sent."""
    parts: dict[str, Callable[[], QuerySet[Model, Any]]] = {
        "people": lambda: User.objects.order_by("pk").values_list(
            "pk", "email", "password", "xp", "level", "is_staff", "is_superuser", "is_active"
        ),
        "roles": lambda: User.groups.through.objects.order_by("pk").values_list("user_id", "group_id"),
        "members": lambda: Cohort.members.through.objects.order_by("pk").values_list("user_id", "cohort_id"),
        "cohorts": lambda: Cohort.objects.order_by("pk").values_list("pk", "managers", "coaches"),
        "sessions": lambda: Session.objects.order_by("pk").values_list(
            "pk", "learner_id", "mode", "status", "seed", "variant", "started_at", "finished_at", "outcome"
        ),
        "scores": lambda: Assessment.objects.order_by("pk").values_list(
            "pk", "status", "overall", "verification", "technical", "version", "criteria"
        ),
        "reviews": lambda: Contest.objects.order_by("pk").values_list("pk", "outcome", "decision"),
        "points": lambda: Override.objects.order_by("pk").values_list("pk", "criterion_id", "points"),
        "ledger": lambda: XPEntry.objects.order_by("pk").values_list("pk", "user_id", "amount"),
        "rewards": lambda: Reward.objects.order_by("pk").values_list("pk", "xp"),
        "earned": lambda: EarnedAchievement.objects.order_by("pk").values_list("user_id", "achievement_id"),
        "customers": lambda: (
            Message.objects.exclude(sender_type="user").order_by("pk").values_list("pk", "text")
        ),
        "articles": lambda: Article.objects.order_by("pk").values_list("pk", "status"),
    }
    return {name: hashlib.sha256(repr(list(rows())).encode()).hexdigest() for name, rows in parts.items()}
