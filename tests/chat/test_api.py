"""REST under `sessions/`: what works, who may, and what a wrong request gets."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.models import Session
from chat.services import abandon, start_session
from tests.chat.talking import GOOD_NOTES, happened

ROOT = "/api/v1/sessions"
ID = "00000000-0000-4000-8000-000000000000"
RESOLUTION = {"resolutionType": "resolved", "documentation": GOOD_NOTES}
# (method, path below the session, a good body)
ENDPOINTS = [
    ("get", "", None),
    ("get", "/messages", None),
    ("post", "/messages", {"message": "Hello", "clientId": ID}),
    ("get", "/directory", None),
    ("get", "/assets", None),
    ("post", "/verifications", {"factor": "name", "outcome": "match"}),
    ("get", "/actions", None),
    ("post", "/actions", {"action": "vpn_status"}),
    ("get", "/search?q=vpn", None),
    ("get", f"/articles/{ID}", None),
    ("get", "/research", None),
    ("patch", "/ticket", {"impact": "high"}),
    ("put", "/draft", RESOLUTION),
    ("post", "/resolve", RESOLUTION),
    ("post", "/abandon", None),
]
WRITES = [endpoint for endpoint in ENDPOINTS if endpoint[2]]
CHANGES = [e for e in ENDPOINTS if e[1] not in ("", "/messages", "/research", "/actions") or e[0] == "post"]
READ_BY_A_COACH = {("get", ""), ("get", "/messages"), ("get", "/research")}


def named(endpoints):
    return [pytest.param(*e, id=f"{e[0]} {e[1].partition('?')[0] or '/'}") for e in endpoints]


@pytest.fixture
def session(learner, scenarios):
    scenario = scenarios["vpn-will-not-connect"]
    scenario.prerequisites.clear()
    return start_session(learner=learner, scenario=scenario, mode="exam", now=timezone.now(), seed=7)


@pytest.fixture
def api(api_as, learner):
    return api_as(learner)


def at(session, path=""):
    return f"{ROOT}/{session.pk}{path}"


def assert_error(answer, status):
    """The one shape of every error."""
    body = answer.json()
    assert answer.status_code == status, body
    assert {"statusCode", "error", "message", "timestamp", "path"} <= set(body)
    assert body["statusCode"] == status and body["message"] and body["path"].startswith("/api/v1/")
    assert "Traceback" not in answer.content.decode()
    return body


def untouched(session):
    now = Session.objects.get(pk=session.pk)
    return (now.last_seq, now.last_event, now.draft, now.status) == (1, 1, {}, "active")


class TestPlaying:
    def test_one_session(self, api, session):
        body = api.get(at(session)).json()

        assert (body["id"], body["status"], body["endedBy"]) == (str(session.pk), "active", None)
        assert body["ticket"]["number"] == session.ticket.number
        assert body["ticket"]["priority"] == "P4"
        assert body["verification"]["level"] == "none"
        assert {"firstResponseDue", "resolutionDue", "firstResponseAt"} <= set(body["ticket"])

    def test_a_message_is_stored_and_answered(self, api, session):
        client_id = str(uuid4())
        sent = {"message": "What exactly does it say?", "clientId": client_id}

        first, again = api.post(at(session, "/messages"), sent), api.post(at(session, "/messages"), sent)

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["id"] == again.json()["id"]
        assert (first.json()["seq"], first.json()["clientId"]) == (2, client_id)
        rows = api.get(at(session, "/messages")).json()["data"]
        assert [row["senderType"] for row in rows[:3]] == ["ai", "user", "ai"]
        assert rows[2]["inReplyTo"] == first.json()["id"]
        assert rows[1]["turnId"] is None

    def test_another_text_under_the_same_id_is_a_conflict(self, api, session):
        api.post(at(session, "/messages"), {"message": "One", "clientId": ID})

        assert_error(api.post(at(session, "/messages"), {"message": "Two", "clientId": ID}), 409)

    def test_the_transcript_is_paged_by_seq(self, api, session):
        for number in range(4):
            note = {"message": f"note {number}", "messageType": "note", "clientId": str(uuid4())}
            api.post(at(session, "/messages"), note)

        def page(address):
            body = api.get(address).json()
            return [row["seq"] for row in body["data"]], body["meta"], body["links"]

        seqs, meta, links = page(at(session, "/messages?limit=2"))
        assert (seqs, meta) == ([1, 2], {"limit": 2, "total": 5, "lastSeq": 5})
        assert links["prev"] is None
        assert page(links["next"])[0] == [3, 4]
        assert page(links["last"])[0] == [4, 5]
        assert page(page(links["last"])[2]["prev"])[0] == [2, 3]
        assert page(page(links["last"])[2]["first"])[0] == [1, 2]
        assert page(at(session, "/messages?after=3"))[0] == [4, 5]
        assert page(at(session, "/messages?after=9"))[0] == []

    @pytest.mark.parametrize(
        "query", ["after=-1", "after=x", "before=1e9", "limit=0", "limit=101", "after=²"]
    )
    def test_only_whole_numbers_page_it(self, api, session, query):
        body = assert_error(api.get(at(session, f"/messages?{query}")), 400)

        assert set(body["details"]) == {query.partition("=")[0]}

    def test_records(self, api, session):
        people = api.get(at(session, "/directory?q=lopez")).json()
        devices = api.get(at(session, "/assets?q=LT-7731")).json()

        assert people["data"][0]["employeeId"] == "E20417"
        assert people["meta"] == {"page": 1, "limit": 20, "total": 1, "totalPages": 1}
        assert devices["data"][0]["owner"] == "Maria Lopez"
        assert set(devices["links"]) == {"first", "prev", "next", "last"}

    def test_a_tick_answers_with_the_verification(self, api, session):
        answer = api.post(at(session, "/verifications"), {"factor": "name", "outcome": "match"})

        assert answer.status_code == 201
        assert answer.json()["level"] == "none"
        assert next(f for f in answer.json()["factors"] if f["factor"] == "name")["outcome"] == "match"

    def test_the_console(self, api, session):
        offered = api.get(at(session, "/actions")).json()
        run = api.post(at(session, "/actions"), {"action": "vpn_gateway_log", "args": {}})

        assert {"vpn_gateway_log", "reissue_cert", "callback"} <= {o["action"] for o in offered["data"]}
        assert run.status_code == 201
        assert (run.json()["status"], run.json()["result"]) == ("running", None)
        assert len(api.get(at(session, "/actions")).json()["runs"]) == 1

    def test_a_gated_action_asks_once(self, api, session):
        body = {"action": "reissue_cert"}

        assert_error(api.post(at(session, "/actions"), body), 409)
        assert api.post(at(session, "/actions"), body).status_code == 201

    def test_an_unknown_action(self, api, session):
        assert_error(api.post(at(session, "/actions"), {"action": "renew_cert"}), 404)

    def test_research_is_recorded(self, api, session, articles):
        hits = api.get(at(session, "/search?q=vpn certificate&credibility=official")).json()
        found = hits["data"][0]["article"]
        article = api.get(at(session, f"/articles/{found['id']}")).json()
        trail = api.get(at(session, "/research")).json()

        assert "<mark>" in hits["data"][0]["snippet"]
        assert article["html"]
        assert [step["kind"] for step in trail["data"]] == ["search", "article"]
        assert trail["meta"]["total"] == 2

    def test_filters_of_a_search_must_exist(self, api, session):
        body = assert_error(api.get(at(session, "/search?q=vpn&credibility=gossip")), 400)

        assert "credibility" in body["details"]

    def test_triage(self, api, session):
        body = api.patch(at(session, "/ticket"), {"impact": "high", "status": "pending"}).json()

        assert (body["ticket"]["priority"], body["ticket"]["status"]) == ("P3", "pending")
        assert body["ticket"]["slaPauseReason"] and body["ticket"]["pausedAt"]

    def test_a_draft_may_be_incomplete(self, api, session):
        assert api.put(at(session, "/draft"), {"documentation": {"cause": "?"}}).status_code == 204

        session.refresh_from_db()
        assert session.draft["documentation"]["cause"] == "?"

    def test_resolving_and_resolving_again(self, api, session, articles):
        cited = articles["vpn-certificate-renewal"]
        first = api.post(at(session, "/resolve"), RESOLUTION | {"citedArticleIds": [str(cited.pk)]})
        again = api.post(at(session, "/resolve"), RESOLUTION)

        assert (first.status_code, again.status_code) == (200, 200)
        assert first.json()["assessment"] == {"status": "pending"}
        assert first.json()["session"]["status"] == "completed"
        assert again.json() == first.json()
        session.refresh_from_db()
        assert session.resolution["cited"] == [cited.slug]

    def test_resolving_as_something_else(self, api, session):
        api.post(at(session, "/resolve"), RESOLUTION)

        declined = {"resolutionType": "declined", "declineReason": "No.", "documentation": GOOD_NOTES}
        assert_error(api.post(at(session, "/resolve"), declined), 409)

    def test_what_a_resolution_lacks_is_said_by_field(self, api, session):
        body = assert_error(api.post(at(session, "/resolve"), {"resolutionType": "escalated"}), 422)

        assert {"escalationTeam", "escalationReason", "documentation.problem"} <= set(body["details"])
        assert untouched(session)

    def test_an_unknown_article_cannot_be_cited(self, api, session):
        body = assert_error(api.post(at(session, "/resolve"), RESOLUTION | {"citedArticleIds": [ID]}), 422)

        assert "citedArticleIds" in body["details"]

    def test_abandoning(self, api, session):
        body = api.post(at(session, "/abandon")).json()

        assert (body["status"], body["endedBy"]) == ("abandoned", "learner")


class TestWhoMay:
    @pytest.mark.parametrize(("method", "path", "body"), named(ENDPOINTS))
    def test_nobody_unknown(self, client, session, method, path, body):
        answer = getattr(client, method)(at(session, path), body, content_type="application/json")

        assert_error(answer, 401)
        assert untouched(session)

    @pytest.mark.parametrize(("method", "path", "body"), named(ENDPOINTS))
    def test_somebody_elses_session_is_not_there(self, api_as, other_learner, session, method, path, body):
        assert_error(getattr(api_as(other_learner), method)(at(session, path), body), 404)
        assert untouched(session)

    @pytest.mark.parametrize(("method", "path", "body"), named(ENDPOINTS))
    def test_an_unknown_session_is_not_there(self, api, scenarios, method, path, body):
        assert_error(getattr(api, method)(f"{ROOT}/{ID}{path}", body), 404)

    @pytest.mark.parametrize(("method", "path", "body"), named(ENDPOINTS))
    def test_a_coach_reads_the_work_and_does_not_do_it(
        self, api_as, coach, cohort, session, method, path, body
    ):
        answer = getattr(api_as(coach), method)(at(session, path), body)

        if (method, path) in READ_BY_A_COACH:
            assert answer.status_code == 200
        else:
            assert_error(answer, 404)
        assert untouched(session)

    @pytest.mark.parametrize("who", ["manager", "trainer"])
    def test_managers_and_trainers_see_no_transcripts(self, request, api_as, cohort, session, who):
        assert_error(api_as(request.getfixturevalue(who)).get(at(session, "/messages")), 404)

    @pytest.mark.parametrize(("method", "path", "body"), named(CHANGES))
    def test_a_finished_session_takes_nothing_more(self, api, session, articles, method, path, body):
        abandon(session_id=session.pk, now=timezone.now())
        answer = getattr(api, method)(at(session, path), body)

        if path == "/abandon":
            assert answer.status_code == 200
        else:
            assert_error(answer, 409)


BAD_BODIES = {
    "half": b'{"message": "hel',
    "no JSON": b"hello",
    "binary": b"\x00\xff\xfe\x80",
    "a list": b"[]",
    "a string": b'"hello"',
    "null": b"null",
    "a huge number": b'{"message": 1e999, "factor": 1e999, "action": 1e999, "impact": 1e999}',
    "no number": b'{"message": NaN, "factor": -Infinity, "action": NaN, "impact": NaN}',
    "very deep": b'{"message": ' + b"[" * 60_000 + b"]" * 60_000 + b"}",
    "lone surrogate": b'{"message": "\\ud800", "factor": "\\ud800", "action": "\\ud800", "impact": "\\ud800", '
    b'"resolutionType": "\\ud800"}',
    "NUL": b'{"message": "a\\u0000b", "clientId": "00000000-0000-4000-8000-000000000000", "factor": "\\u0000", '
    b'"action": "\\u0000", "impact": "\\u0000", "resolutionType": "resolved", "documentation": {"problem": "\\u0000"}}',
}


class TestBadInput:
    @pytest.mark.parametrize(("method", "path", "body"), named(WRITES))
    @pytest.mark.parametrize("bad", BAD_BODIES.values(), ids=BAD_BODIES.keys())
    def test_a_malformed_body_changes_nothing(self, api, session, method, path, body, bad):
        answer = getattr(api, method)(at(session, path), bad, content_type="application/json")

        assert answer.status_code in (400, 422)
        assert_error(answer, answer.status_code)
        assert untouched(session)

    @pytest.mark.parametrize(("method", "path", "body"), named(WRITES))
    def test_another_content_type_is_not_read(self, api, session, method, path, body):
        answer = getattr(api, method)(at(session, path), b"<a/>", content_type="application/xml")

        assert_error(answer, 415)

    @pytest.mark.parametrize("path", sorted({path.partition("?")[0] for _, path, _ in ENDPOINTS}))
    def test_another_method_is_refused(self, api, session, path):
        answer = api.delete(at(session, path))

        assert_error(answer, 405)
        assert {m.upper() for m, p, _ in ENDPOINTS if p.partition("?")[0] == path} <= set(
            answer["Allow"].split(", ")
        )

    @pytest.mark.parametrize(
        "change",
        [
            {"message": ""},
            {"message": " \n"},
            {"message": "x" * 1001},
            {"message": None},
            {"message": ["a"]},
            {"messageType": "system"},
            {"clientId": "7"},
            {"clientId": None},
        ],
    )
    def test_a_message_that_is_none(self, api, session, change):
        body = {"message": "Hello", "clientId": ID} | change

        assert_error(api.post(at(session, "/messages"), body), 400)
        assert untouched(session)

    def test_author_time_and_seq_are_never_taken_from_the_client(self, api, session):
        body = {
            "message": "Hi",
            "clientId": ID,
            "senderType": "ai",
            "seq": 99,
            "createdAt": "2001-01-01T00:00Z",
        }
        stored = api.post(at(session, "/messages"), body).json()

        assert (stored["senderType"], stored["seq"]) == ("user", 2)
        assert not stored["createdAt"].startswith("2001")

    @pytest.mark.parametrize(
        "change",
        [
            {"documentation": GOOD_NOTES | {"problem": "x" * 1001}},
            {"documentation": "none"},
            {"documentation": []},
            {"citedArticleIds": ["x"]},
            {"citedArticleIds": [ID] * 51},
            {"escalationReason": "x" * 501},
            {"reportedToSecurity": "perhaps"},
            {"resolutionType": "closed"},
        ],
    )
    @pytest.mark.parametrize(("method", "path"), [("put", "/draft"), ("post", "/resolve")])
    def test_a_resolution_that_is_none(self, api, session, method, path, change):
        body = assert_error(getattr(api, method)(at(session, path), RESOLUTION | change), 400)

        assert body["details"]
        assert untouched(session)

    @pytest.mark.parametrize("path", ["/directory", "/assets", "/search"])
    @pytest.mark.parametrize("query", ["%00", "a%00b", "x" * 5000, "%ff%fe", "%F0%9F%98%80", "'%22--", ""])
    def test_no_question_breaks_a_look_up(self, api, session, path, query):
        assert api.get(at(session, f"{path}?q={query}")).status_code == 200

    @pytest.mark.parametrize("query", ["category=%00", "credibility=%00"])
    def test_nor_does_a_filter(self, api, session, query):
        assert_error(api.get(at(session, f"/search?q=vpn&{query}")), 400)

    def test_an_id_that_is_none(self, api):
        assert_error(api.get(f"{ROOT}/7/messages"), 404)


class TestList:
    def test_mine_alone_newest_first(self, api, session, other_learner, scenarios):
        start_session(
            learner=other_learner, scenario=session.scenario, mode="exam", now=timezone.now(), seed=1
        )
        newer = self.another(session, timedelta(minutes=1))

        body = api.get(ROOT).json()

        assert [row["id"] for row in body["data"]] == [str(newer.pk), str(session.pk)]
        assert body["meta"] == {"page": 1, "limit": 20, "total": 2, "totalPages": 1}

    def another(self, session, later):
        abandon(session_id=session.pk, now=timezone.now())
        return start_session(
            learner=session.learner, scenario=session.scenario, mode="exam", now=session.started_at + later
        )

    def test_by_status_and_order(self, api, session):
        newer = self.another(session, timedelta(minutes=1))

        def ids(query):
            return [row["id"] for row in api.get(f"{ROOT}?{query}").json()["data"]]

        assert ids("status=active") == [str(newer.pk)]
        assert ids("status=abandoned") == [str(session.pk)]
        assert ids("sort=createdAt") == [str(session.pk), str(newer.pk)]

    @pytest.mark.parametrize("query", ["status=lost", "status=%00", "sort=secret"])
    def test_unknown_filters_are_refused(self, api, session, query):
        assert_error(api.get(f"{ROOT}?{query}"), 400)

    @pytest.mark.parametrize("query", ["page=0", "page=x", "page=-1", "limit=0", "limit=101", "limit=all"])
    def test_only_whole_numbers_page_it(self, api, session, query):
        body = assert_error(api.get(f"{ROOT}?{query}"), 400)

        assert set(body["details"]) == {query.partition("=")[0]}

    def test_behind_the_last_page_is_nothing(self, api, session):
        assert "totalPages" in assert_error(api.get(f"{ROOT}?page=99"), 404)["message"]

    def test_pages(self, api, session):
        self.another(session, timedelta(minutes=1))
        body = api.get(f"{ROOT}?limit=1").json()

        assert body["meta"] == {"page": 1, "limit": 1, "total": 2, "totalPages": 2}
        assert "page=2" in body["links"]["next"] and body["links"]["prev"] is None

    def test_it_costs_the_same_for_few_and_many(self, api, session, django_assert_max_num_queries):
        later = session
        counts = []
        for target in (10, 40):
            while Session.objects.count() < target:
                later = self.another(later, timedelta(minutes=1))
            with django_assert_max_num_queries(50) as queries:
                assert len(api.get(f"{ROOT}?limit=100").json()["data"]) == target
            counts.append(len(queries))

        assert counts[0] == counts[1]

    def test_not_signed_in(self, client, db):
        assert_error(client.get(ROOT), 401)


def test_nothing_hidden_is_in_any_answer(api, session, articles):
    """Facts, cause, goals, steps and the caller's own answers: none of it before it was earned."""
    world = session.document
    texts = []
    for method, path, body in ENDPOINTS:
        if path not in ("/resolve", "/abandon", "/messages", "/directory", "/assets"):
            texts.append(getattr(api, method)(at(session, path), body).content.decode())
    for path in ("/messages", "", "/actions"):
        texts.append(api.get(at(session, path)).content.decode())
    shown = "\n".join(texts).casefold()

    hidden = [fact.say for fact in world.facts.values() if fact.volunteer is None]
    hidden += [action.say for action in world.actions.values() if action.say]
    hidden += [world.identity.directory.employee_id, world.identity.directory.phone_on_file]
    hidden += ["impostor", "must_mention", "facts_min", "harmful", "distractor", "patience"]
    assert not [words for words in hidden if json.dumps(words)[1:-1].casefold() in shown]
    assert happened(session, "lookup") == []


def test_the_schema_names_every_endpoint(client, db):
    paths = client.get("/api/schema/?format=json").json()["paths"]

    documented = {path.replace("{id}", "{pk}") for path in paths}
    for _, path, _ in ENDPOINTS:
        plain = path.partition("?")[0].replace(ID, "{article_id}")
        assert {f"/api/v1/sessions/{{pk}}{plain}", f"/api/v1/sessions/{{id}}{plain}"} & documented
