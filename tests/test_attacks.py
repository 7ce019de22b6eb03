"""What an hour with a learner's account and the API's description found, and what must not come back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLResolver, get_resolver
from rest_framework.views import APIView

from accounts.models import Role
from accounts.services import assign_role
from assessment.scoring import score
from assessment.services.scoring import attempt_of
from chat.services import receive_message, start_session, take_turn
from gamification.demo.analyst import Analyst, scripts
from tests.accounts.factors import set_up_app
from tests.conftest import NOW, PASSWORD

START = "/api/v1/scenarios/{}/start"


@pytest.mark.parametrize("path", ["/dashboard/", "/settings/", "/settings/export/", "/notices/"])
def test_no_cache_keeps_a_personal_page(as_, learner, path):
    assert as_(learner).get(path)["Cache-Control"] == "private, no-store"


def test_no_cache_keeps_what_the_api_says_to_a_token(api_as, learner):
    assert api_as(learner).get("/api/v1/users/me")["Cache-Control"] == "private, no-store"


def test_what_is_everybodys_may_be_kept(client, db):
    assert not client.get("/").has_header("Cache-Control")


def test_an_open_browser_is_not_enough_to_bring_in_another_address(learner):
    browser = Client()
    browser.post("/accounts/login/", {"login": learner.email, "password": PASSWORD})
    add = {"action_add": "", "email": "second@people.example"}

    asked = browser.post("/accounts/email/", add)

    assert asked.status_code == 302 and "/reauthenticate/" in asked["Location"]
    assert not EmailAddress.objects.filter(email="second@people.example").exists()
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", add)
    assert EmailAddress.objects.filter(email="second@people.example").exists()


def test_erasing_is_no_way_to_guess_a_password_nor_to_keep_the_server_busy(api_as, learner):
    api = api_as(learner)
    for _ in range(5):
        assert api.delete("/api/v1/users/me", {"password": "not it"}).status_code == 400
    waiting = api.delete("/api/v1/users/me", {"password": PASSWORD})
    assert waiting.status_code == 429 and int(waiting["Retry-After"]) > 0
    learner.refresh_from_db()
    assert learner.is_active


def test_staff_who_drop_their_second_factor_drop_their_tokens(settings, admin, api_as):
    settings.STAFF_NEED_SECOND_FACTOR = False
    api, browser = api_as(admin), Client()
    browser.post("/accounts/login/", {"login": admin.email, "password": PASSWORD})
    set_up_app(admin)
    settings.STAFF_NEED_SECOND_FACTOR = True
    assert api.get("/api/v1/users/me").status_code == 200

    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=admin).exists()
    assert api.get("/api/v1/users/me").status_code == 401


def test_tickets_cannot_be_opened_without_end(api_as, learner, scenarios):
    """The numbers of a day's tickets are everybody's: one person must not use them up."""
    api, scenario = api_as(learner), scenarios["prints-vanish"]
    scenario.prerequisites.clear()
    for _ in range(60):
        begun = api.post(START.format(scenario.pk), {"mode": "practice"})
        assert begun.status_code == 201
        api.post(f"/api/v1/sessions/{begun.data['id']}/abandon")

    refused = api.post(START.format(scenario.pk), {"mode": "practice"})

    assert refused.status_code == 429 and int(refused["Retry-After"]) > 0
    learner.sessions.update(started_at=datetime.now(UTC) - timedelta(hours=2))
    assert api.post(START.format(scenario.pk), {"mode": "practice"}).status_code == 201


def test_a_question_to_the_directory_is_cut_before_it_is_searched(api_as, learner, open_session):
    asked = api_as(learner).get(f"/api/v1/sessions/{open_session.pk}/directory", {"q": "a " * 3500})
    assert asked.status_code == 200
    assert len(open_session.events.get(kind="lookup").data["query"]) == 100


def test_a_role_given_to_oneself_is_not_taken(api_as, learner):
    body = {"xp": 9999, "level": 99, "isStaff": True, "roles": ["admin"], "preferences": {"xp": 1}}
    api_as(learner).patch("/api/v1/users/me", body)
    learner.refresh_from_db()
    assert (learner.xp, learner.level, learner.is_staff) == (0, 1, False)
    assert learner.role_names == {Role.LEARNER.value}


def test_who_becomes_staff_is_asked_for_a_factor_also_with_an_older_token(settings, learner, api_as):
    settings.STAFF_NEED_SECOND_FACTOR = True
    api = api_as(learner)
    assign_role(person=learner, role=Role.ADMIN, actor=None, now=NOW)
    assert api.get("/api/v1/users/me").status_code == 401


def test_a_visitor_does_not_keep_the_server_drawing_the_schema(client, db):
    answers = [client.get("/api/schema/").status_code for _ in range(31)]
    assert answers[:30] == [200] * 30 and answers[30] == 429


def test_a_planted_session_is_not_kept(learner):
    """Whoever put a key into the browser beforehand does not share what is signed in with it."""
    browser = Client()
    browser.get("/accounts/login/")
    planted = browser.session.session_key

    browser.post("/accounts/login/", {"login": learner.email, "password": PASSWORD})

    assert browser.get("/dashboard/").status_code == 200
    assert browser.session.session_key != planted


def test_a_conversation_has_an_end(api_as, learner, open_session):
    open_session.last_seq = 2000
    open_session.save()
    body = {"message": "Still there?", "messageType": "reply", "clientId": str(uuid4())}
    refused = api_as(learner).post(f"/api/v1/sessions/{open_session.pk}/messages", body)
    assert refused.status_code == 429 and not open_session.messages.filter(seq__gt=2000).exists()


def test_no_page_is_exempt_from_the_token_of_its_forms():
    """The API's views are, and ask for it themselves wherever a cookie signs somebody in."""
    exempt = [view for view in _views(get_resolver()) if getattr(view, "csrf_exempt", False)]
    assert (
        exempt
        and [view for view in exempt if not issubclass(getattr(view, "cls", type(None)), APIView)] == []
    )


def _views(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern)
        else:
            yield pattern.callback


def test_a_cookie_alone_changes_nothing_in_the_api(learner):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    refused = browser.patch("/api/v1/users/me", {"firstName": "Eve"}, content_type="application/json")
    assert refused.status_code == 403


@pytest.mark.parametrize("text", ["and then " * 110, "ok, " + "and " * 240, "then and " * 110])
def test_no_message_holds_everybody_up(open_session, text):
    """Each once took longer than the age of the universe: two ways to read one word, a hundred times over."""
    receive_message(session_id=open_session.pk, text=text, message_type="reply", client_id=uuid4(), now=NOW)
    assert take_turn(session_id=open_session.pk, now=NOW)


@pytest.mark.parametrize(
    "note",
    [
        "User name" + ", call--back" * 40 + " seen",
        "verified by call-back" + ", call - back" * 40 + " seen",
        "Printer checked and " + "a" * 900 + "!",
        "checked the keyboard and " + "mouse" * 190 + "!",
    ],
)
def test_no_note_holds_up_a_score(learner, scenarios, articles, note):
    slug = "locked-out-monday"
    session = start_session(learner=learner, scenario=scenarios[slug], mode="exam", now=NOW, seed=7)
    Analyst(session, pace=30, dice=Random(7)).play(scripts(slug)["careful"])
    session.refresh_from_db()
    told = attempt_of(session)
    written = {**told.resolution["documentation"], "steps": note, "test": note}
    assert score(replace(told, resolution={**told.resolution, "documentation": written}))
