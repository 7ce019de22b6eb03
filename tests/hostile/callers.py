"""Hostile requests, second half: whose things they ask for, how they call, and what they leave for others to see."""

from collections.abc import Iterator

from tests.authorisation.world import ANYBODY
from tests.hostile.attempts import Attempt
from tests.hostile.bodies import ME, RESOLVE, TALK, WRITTEN, message, quoted
from tests.hostile.payloads import FORMULAS, HEADERS, HOSTS, MARKUP, METHODS, PLACES, TOKENS, WAYS_UP


def strangers() -> Iterator[Attempt]:
    for path in (
        "",
        "/messages",
        "/directory",
        "/assets",
        "/actions",
        "/search?q=x",
        "/research",
        "/assessment",
    ):
        for session in ("running", "exam"):
            yield Attempt("another's", "GET", f"/api/v1/sessions/{{{session}}}{path}", (404,), "other")
    for path in ("resolve", "abandon", "hints"):
        yield Attempt("another's", "POST", f"/api/v1/sessions/{{running}}/{path}", (404,), "other", WRITTEN)
    yield Attempt("another's mark", "POST", "/api/v1/notices/{notice}/read", (404,), "other", {})
    for told in (
        "{running}.json",
        "{running}%00",
        "{running}/../{exam}",
        "{running} ",
        "1",
        "-1",
        "null",
        "*",
        "{}",
        "x" * 5000,
    ):
        yield Attempt(f"id {told[:20]}", "GET", f"/api/v1/sessions/{told}", (404,))
        yield Attempt(f"id {told[:20]}", "GET", f"/sessions/{told}/", (404,))
    mine = {"factor": "name", "outcome": "match", "messageId": "{message}"}
    yield Attempt(
        "a message of another session",
        "POST",
        "/api/v1/sessions/{rehearsal}/verifications",
        (400, 404, 422),
        sends=mine,
    )
    yield Attempt(
        "articles of nobody",
        "POST",
        RESOLVE,
        (400, 422),
        sends=WRITTEN | {"citedArticleIds": ["{uuid}"] * 51},
    )
    yield Attempt(
        "a tool of no ticket",
        "POST",
        "/api/v1/sessions/{running}/actions",
        (400, 404, 422),
        sends={"action": "__class__", "args": {"self": 1}},
    )


def callers() -> Iterator[Attempt]:
    for method in METHODS:
        yield Attempt(f"method {method}", method, ME, (405,))
        yield Attempt(f"method {method}", method, "/dashboard/", (200, 403, 405))
    for name, headers in HEADERS.items():
        expect = (401,) if "Cookie" in headers else (200,)
        yield Attempt(name, "GET", ME, expect, headers=headers)
        yield Attempt(
            name, "GET", "/accounts/login/" if "Cookie" in headers else "/dashboard/", (200,), headers=headers
        )
    yield Attempt(
        "another method in a form",
        "POST",
        "/api/v1/sessions/{running}/draft?_method=DELETE",
        (405,),
        sends={"_method": "DELETE"},
    )
    for name, token in TOKENS.items():
        yield Attempt(f"token: {name}", "GET", ME, (401,), headers={"Authorization": token})
    yield Attempt(
        "a refresh token as a token", "GET", ME, (401,), headers={"Authorization": "Bearer {refresh_token}"}
    )
    yield Attempt("name and password", "GET", ME, (401,), headers={"Authorization": "Basic YWRtaW46YWRtaW4="})
    for key in ("", "1", "{", "\0", "é", "x" * 5000, "{uuid}, {uuid}"):
        yield Attempt(
            f"key {key[:9]!r}", "POST", TALK, (400,), sends=message("x"), headers={"Idempotency-Key": key}
        )
    for name, host in HOSTS.items():
        yield Attempt(f"host: {name}", "GET", "/", (400,), ANYBODY, headers={"Host": host})
        yield Attempt(
            f"host: {name}",
            "POST",
            "/api/v1/auth/reset-password",
            (400,),
            ANYBODY,
            {"email": "{owner_email}"},
            headers={"Host": host},
        )
    for name, place in PLACES.items():
        signed = {"login": "{other_email}", "password": "{password}", "next": place}
        yield Attempt(f"sign in and go to {name}", "POST", "/accounts/login/", (302,), ANYBODY, signed)
        yield Attempt(
            f"sign out and go to {name}", "POST", "/accounts/logout/", (302,), sends={"next": place}
        )
        yield Attempt(
            f"choose and go to {name}", "POST", "/look/", (302,), sends={"density": "compact", "next": place}
        )
        yield Attempt(f"already in, go to {name}", "GET", f"/accounts/login/?next={quoted(place)}", (302,))
    for way in WAYS_UP:
        for base in (
            "/static/",
            "/knowledge/",
            "/catalogue/",
            "/api/v1/scenarios/",
            "/accounts/password/reset/key/",
            "/",
        ):
            found = (200, 302, 400, 404) if "key" in base else (301, 400, 404)
            yield Attempt(f"way up {way[:20]}", "GET", base + way, found)


def written() -> Iterator[Attempt]:
    for name, text in MARKUP.items():
        name = f"markup: {name}"
        yield Attempt(
            name, "PATCH", ME, (200,), sends={"firstName": text[:80]}, then=("manager", "/cohorts/{spring}/")
        )
        yield Attempt(name, "POST", TALK, (201,), sends=message(text), then=("owner", "/sessions/{running}/"))
        yield Attempt(
            name, "POST", TALK, (201,), sends=message(text), then=("coach", "/sessions/{running}/debrief/")
        )
        yield Attempt(
            name,
            "PATCH",
            "/api/v1/cohorts/{spring}",
            (200,),
            "manager",
            {"name": text[:80]},
            then=("owner", "/leaderboard/"),
        )
        article = {"title": text[:100], "body": text, "tags": [text[:20]]}
        yield Attempt(
            name,
            "PATCH",
            "/api/v1/knowledge/articles/{article}",
            (200, 400),
            "trainer",
            article,
            then=("owner", "/knowledge/{article_slug}/"),
        )
        contest = {"criterionId": "{other_criterion}", "reason": text}
        yield Attempt(
            name,
            "POST",
            "/api/v1/sessions/{exam}/contests",
            (201,),
            sends=contest,
            may=frozenset({"reviews"}),
            then=("coach", "/reviews/"),
        )
        for page in (
            "/knowledge/?q=",
            "/catalogue/?q=",
            "/accounts/login/?next=",
            "/notices/?kind=",
            "/performance/?dimension=",
            "/no/",
        ):
            yield Attempt(name, "GET", page + quoted(text), (200, 302, 404))
    for name, text in FORMULAS.items():
        for address, who in (
            ("/cohorts/{spring}/report/export/", "manager"),
            ("/api/v1/cohorts/{spring}/report/export?format=csv", "manager"),
        ):
            yield Attempt(
                f"formula: {name}", "PATCH", ME, (200,), sends={"firstName": text}, then=(who, address)
            )
