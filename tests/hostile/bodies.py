"""Hostile requests, first half: what is in their bodies and query strings."""

import gzip
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from tests.authorisation.world import ANYBODY
from tests.hostile.attempts import Attempt
from tests.hostile.payloads import (
    EDGE_OF_TIME,
    NO_NUMBER,
    NO_TEXT,
    NO_TIME,
    NOT_AN_OBJECT,
    ODD_TEXT,
    SEARCHES,
)

ME = "/api/v1/users/me"
TALK = "/api/v1/sessions/{running}/messages"
RESOLVE = "/api/v1/sessions/{running}/resolve"
LOGIN = "/api/v1/auth/login"
FIVE = dict.fromkeys(("verification", "technical", "communication", "documentation", "responseTime"), 50)
WRITTEN = {"resolutionType": "resolved", "documentation": {"problem": "Locked.", "steps": "Unlocked."}}
GIFTS = {
    "xp": 9000,
    "level": 90,
    "role": "admin",
    "roles": ["admin"],
    "groups": [1, 2, 3, 4, 5],
    "isStaff": True,
    "is_staff": True,
    "isSuperuser": True,
    "is_superuser": True,
    "password": "a-word-of-mine-42",
    "score": 100,
    "overall": 100,
    "status": "completed",
    "learner": "{other}",
    "learnerId": "{other}",
    "userId": "{other}",
    "id": "{uuid}",
    "pk": 1,
    "seq": 1,
    "senderType": "system",
    "createdAt": "2020-01-01T00:00:00Z",
    "startedAt": "2020-01-01T00:00:00Z",
    "outcome": "upheld",
    "points": 20,
    "seed": 1,
    "variant": "usual",
    "verificationLevel": "high",
    "__proto__": {"isAdmin": True},
    "constructor": {"prototype": {"isAdmin": True}},
    "_state": {"adding": False},
}
"""What nobody gives themselves, in every spelling."""


def message(text: Any) -> dict[str, Any]:
    return {"message": text, "messageType": "note", "clientId": "{uuid}"}


def bodies() -> Iterator[Attempt]:
    for name, raw in NOT_AN_OBJECT.items():
        refused = (413,) if "1 MiB" in name or "100,000" in name else (400,)
        for address, who in ((TALK, "owner"), (LOGIN, ANYBODY), ("/api/v1/admin/users", "admin")):
            yield Attempt(f"body is {name}", "POST", address, refused, who, raw=raw)
    for kind in (
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "image/svg+xml",
        "x",
        "",
        "a/b;" * 999,
    ):
        yield Attempt(f"as {kind[:20]!r}", "POST", TALK, (415,), raw=b"{}", kind=kind)
    for charset in ("utf-7", "utf-16", "nonsense", "idna", "zlib", "rot13", "x" * 5000):
        kind = f"application/json; charset={charset}"
        yield Attempt(f"charset {charset[:9]!r}", "POST", TALK, (400,), raw=b'{"message": []}', kind=kind)
        kind = f"application/x-www-form-urlencoded; charset={charset}"
        yield Attempt(
            f"form in {charset[:9]!r}", "POST", "/settings/", (200, 400), raw=b"first_name=%FF", kind=kind
        )
    bomb = gzip.compress(b" " * 20_000_000)
    yield Attempt("zip bomb", "POST", TALK, (400,), raw=bomb, headers={"Content-Encoding": "gzip"})


def texts() -> Iterator[Attempt]:
    for name, text in NO_TEXT.items():
        yield Attempt(f"a message of {name}", "POST", TALK, (400, 422), sends=message(text))
        if name not in ("nothing", "blanks", "null", "1,001 characters"):
            yield Attempt(f"a name of {name}", "PATCH", ME, (400,), sends={"firstName": text})
    for name, text in ODD_TEXT.items():
        yield Attempt(
            f"{name} as a note", "POST", TALK, (201, 400), sends=message(text), then=("owner", TALK)
        )
        yield Attempt(
            f"{name} as a draft",
            "POST",
            "/sessions/{running}/draft/",
            (200, 204, 400, 422),
            sends={"problem": text, "steps": text},
            then=("owner", "/sessions/{running}/"),
        )
        yield Attempt(
            f"{name} as a search",
            "POST",
            "/api/v1/cohorts",
            (201, 400),
            "manager",
            {"name": text},
            may=NEW_COHORT,
        )
    for field in ("clientId", "messageType"):
        for name, value in {
            **{name: value for name, value in NO_TEXT.items() if name != "true"},  # it counts as 1
            "another's": "system",
            "a path": "../../x",
            "halves": "0" * 31,
        }.items():
            yield Attempt(f"{field} is {name}", "POST", TALK, (400,), sends=message("x") | {field: value})


NEW_COHORT = frozenset({"cohorts"})
STARTED = frozenset({"sessions", "customers"})


def gifts() -> Iterator[Attempt]:
    ended = frozenset({"sessions"})
    for address, method, who, expect, sends, may in (
        (ME, "PATCH", "owner", (200,), {}, frozenset()),
        (TALK, "POST", "owner", (201,), message("x"), frozenset()),
        ("/api/v1/scenarios/{scenario}/start", "POST", "owner", (201,), {"mode": "exam"}, STARTED),
        (RESOLVE, "POST", "owner", (200,), WRITTEN, ended),
        ("/api/v1/sessions/{running}/ticket", "PATCH", "owner", (200, 400), {"impact": "low"}, frozenset()),
        ("/api/v1/sessions/{running}/draft", "PUT", "owner", (204,), WRITTEN, frozenset()),
        (
            "/api/v1/sessions/{running}/verifications",
            "POST",
            "owner",
            (201,),
            {"factor": "name", "outcome": "match"},
            frozenset(),
        ),
        ("/api/v1/sessions/{exam}/self-assessment", "POST", "owner", (201, 409), FIVE, frozenset()),
        (
            "/api/v1/sessions/{exam}/contests",
            "POST",
            "owner",
            (201,),
            {"criterionId": "{other_criterion}", "reason": "It is in line two."},
            frozenset({"reviews"}),
        ),
        (
            "/api/v1/knowledge/articles/{article}/rating",
            "POST",
            "owner",
            (201,),
            {"helpful": True},
            frozenset(),
        ),
        ("/api/v1/cohorts/{spring}", "PATCH", "manager", (200,), {"name": "Spring"}, frozenset()),
        ("/api/v1/knowledge/articles/{draft}", "PATCH", "trainer", (200,), {"title": "Draft"}, frozenset()),
    ):
        given = {name: value for name, value in GIFTS.items() if name not in sends}
        if "ticket" in address:
            yield Attempt(
                "a ticket is closed by resolving alone", method, address, (400,), who, sends | given, may=may
            )
            given.pop("status")
        yield Attempt("gifts in the body", method, address, expect, who, sends | given, may=may)
    everything = {key: str(value) for key, value in GIFTS.items()} | {
        "first_name": "Lena",
        "last_name": "L",
        "timezone": "UTC",
    }
    yield Attempt("gifts in a form", "POST", "/settings/", (200, 302), sends=everything)
    for status in ("resolved", "escalated", "declined", "closed"):
        yield Attempt(
            f"ticket {status}", "PATCH", "/api/v1/sessions/{running}/ticket", (400,), sends={"status": status}
        )
    for mode in ("", "Exam", "cheat", None, ["exam"], 1):
        yield Attempt(
            f"mode {mode}", "POST", "/api/v1/scenarios/{scenario}/start", (400,), sends={"mode": mode}
        )
    for value in (-1, 101, 1e308, 10**30, "50 points", None, [50], "１００"):
        expect = (400, 201, 409) if value == "１００" else (400,)
        yield Attempt(
            f"I give myself {value}",
            "POST",
            "/api/v1/sessions/{exam}/self-assessment",
            expect,
            sends=FIVE | {"technical": value},
        )
    for points in (-5, 1e9, "nan", 1e-300, "ten"):
        sends = {"outcome": "upheld", "points": points, "reason": "Line two says otherwise."}
        yield Attempt(
            f"{points} points", "POST", "/api/v1/contests/{contest}/decide", (400, 422), "coach", sends
        )


def queries() -> Iterator[Attempt]:
    for name, value in NO_NUMBER.items():
        for address, parameter in (
            ("/api/v1/scenarios", "page"),
            ("/api/v1/notices", "limit"),
            (TALK, "after"),
            (TALK, "before"),
            (TALK, "limit"),
            ("/api/v1/leaderboard", "limit"),
        ):
            lenient = "leaderboard" in address or (parameter in ("after", "before") and value == "0")
            right = (200, 400) if lenient else (400,)
            yield Attempt(f"{parameter} {name}", "GET", f"{address}?{parameter}={quoted(value)}", right)
        for address in (
            "/notices/?page=",
            "/tickets/?page=",
            "/catalogue/?page=",
            "/sessions/{running}/messages/?before=",
        ):
            yield Attempt(f"page {name}", "GET", f"{address}{quoted(value)}", (200, 400, 404))
    yield Attempt("a page far behind", "GET", "/api/v1/scenarios?page=2147483647", (404,))
    yield Attempt("two pages", "GET", "/api/v1/scenarios?page=1&page=x", (400,))
    yield Attempt("a list as a page", "GET", "/api/v1/scenarios?page[]=1&page[$gt]=0", (200,))
    for name, value in {**NO_TIME, **EDGE_OF_TIME}.items():
        expect = (400,) if name in NO_TIME else (200, 400)
        for parameter in ("since", "until"):
            address = f"/api/v1/admin/audit-log?{parameter}={quoted(value)}"
            yield Attempt(f"{parameter} {name}", "GET", address, expect, "admin")
    for name, words in SEARCHES.items():
        for address, who in (
            ("/api/v1/knowledge/search?q=", "owner"),
            ("/api/v1/sessions/{running}/directory?q=", "owner"),
            ("/api/v1/admin/users?q=", "admin"),
            ("/knowledge/?q=", "owner"),
            ("/catalogue/?q=", "owner"),
            ("/sessions/{running}/quotable/?q=", "owner"),
            ("/admin/accounts/user/?q=", "admin"),
        ):
            yield Attempt(f"search for {name}", "GET", address + quoted(words), (200, 302, 400), who)
    for address, who in (
        ("/api/v1/admin/users", "admin"),
        ("/api/v1/sessions", "owner"),
        ("/api/v1/contests", "coach"),
    ):
        for order in (
            "password",
            "learner__password",
            "-user__email",
            "?",
            "pk) --",
            "createdAt,-xp",
            "-" * 999,
        ):
            yield Attempt(f"sorted by {order[:20]}", "GET", f"{address}?sort={quoted(order)}", (400,), who)


def quoted(text: str) -> str:
    return quote(text, safe="")
