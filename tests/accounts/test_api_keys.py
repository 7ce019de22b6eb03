"""Keys for programs: what they open, what never, and how they end."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from drf_spectacular.generators import EndpointEnumerator
from rest_framework.test import APIClient

from accounts import services
from accounts.api.authentication import needed_scope
from accounts.errors import Conflict, Missing, Unprocessable
from accounts.models import ApiKey, AuditEvent, Role, Scope, User
from accounts.services import key_of
from tests.conftest import PASSWORD

# Written by hand: what a write needs, by the beginning of its address; whatever is not here needs `learn`.
WRITES = {
    "/api/v1/admin/": "admin",
    "/api/v1/cohorts": "teach",
    "/api/v1/knowledge/articles": "teach",
    "/api/v1/knowledge/articles/{article_id}/rating": "learn",
    "/api/v1/contests/{pk}/decide": "teach",
    "/api/v1/users/me": None,
    "/api/v1/auth/logout": None,
}
READS = {"/api/v1/admin/": "admin", "/api/v1/users/me/export": None}


@pytest.fixture
def key_for():
    """`key_for(person, "read")`: an API client with a key of theirs."""

    def make(person, *scopes, now=None):
        client = APIClient()
        client.row, secret = services.make_key(
            person=person, name=str(uuid4()), scopes=scopes, days=30, now=now or datetime.now(UTC)
        )
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        client.secret = secret
        return client

    return make


def expected(path, method):
    rules = READS if method == "GET" else WRITES
    longest = max((begin for begin in rules if path.startswith(begin)), key=len, default=None)
    return rules[longest] if longest else ("read" if method == "GET" else "learn")


def test_every_endpoint_says_what_it_needs():
    """A new one has to be thought about: what it does not say, this table says."""
    wrong, seen = [], 0
    for path, _regex, method, view in EndpointEnumerator().get_api_endpoints():
        if not path.startswith("/api/v1/") or not view.cls.authentication_classes:
            continue
        seen += 1
        scope, names = needed_scope(view.cls, method), [one.__name__ for one in view.cls.permission_classes]
        if scope != expected(path, method) or "ScopeOfKey" not in names:
            wrong.append((method, path, scope, names))
    assert seen > 40 and wrong == []


def test_the_key_is_stored_as_its_hash_and_known_by_its_beginning(learner, key_for):
    client = key_for(learner, "read")
    assert client.secret.startswith("hds_") and len(client.secret) == 47
    assert client.secret not in str(ApiKey.objects.values().get())
    assert client.row.start == client.secret[:12]


def test_it_reads_as_its_maker(learner, other_learner, key_for):
    client = key_for(learner, "read")
    assert client.get("/api/v1/users/me").json()["email"] == learner.email
    theirs = services.notify(user=other_learner, kind="level", title="Level 2", now=datetime.now(UTC))
    assert client.get("/api/v1/notices").json()["meta"]["total"] == 0
    assert key_for(learner, "learn").post(f"/api/v1/notices/{theirs.pk}/read").status_code == 404


@pytest.mark.parametrize(
    "scopes, status", [(["read"], 403), (["learn"], 200), (["read", "learn"], 200), (["teach"], 403)]
)
def test_a_write_needs_its_scope(coach, key_for, now, scopes, status):
    notice = services.notify(user=coach, kind="level", title="Level 2", now=now)
    answer = key_for(coach, *scopes).post(f"/api/v1/notices/{notice.pk}/read")
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["message"] == "This key has not the scope “learn”."


def test_to_read_takes_the_scope_to_read(learner, key_for):
    assert key_for(learner, "learn").get("/api/v1/users/me").status_code == 403


@pytest.mark.parametrize(
    "method, path, body",
    [
        ("post", "/api/v1/auth/logout", {}),
        ("patch", "/api/v1/users/me", {"firstName": "Mallory"}),
        ("delete", "/api/v1/users/me", {"password": PASSWORD}),
        ("get", "/api/v1/users/me/export", None),
    ],
)
def test_the_account_itself_is_closed_to_every_key(admin, key_for, method, path, body, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    client = key_for(admin, *Scope.values)
    answer = getattr(client, method)(path, body)
    assert answer.status_code == 403 and answer.json()["message"] == "No key opens this: sign in."
    person = User.objects.get(pk=admin.pk)
    assert person.first_name == "Ada" and person.email == "ada@people.example"


def test_no_key_makes_another(learner, key_for):
    client = key_for(learner, *[scope.value for scope in services.scopes_for(learner)])
    assert client.post("/developer/", {"name": "More", "scopes": ["read"], "days": 30}).status_code == 302
    assert ApiKey.objects.count() == 1


WORD = "another-long-word-9"


def by_mailed_link(person, admin, by_api):
    """As somebody does who forgot the password."""
    Client().post("/accounts/password/reset/", {"email": person.email})
    services.send_owed_mail(now=datetime.now(UTC))
    written = "".join(sent.body for sent in mail.outbox)
    key = re.search(r"/accounts/password/reset/key/(\S+)/", written)[1]
    if by_api:
        body = {"key": key, "password": WORD}
        Client().post("/api/v1/auth/reset-password/confirm", body, content_type="application/json")
    else:
        browser = Client()
        form = browser.get(f"/accounts/password/reset/key/{key}/").url
        browser.post(form, {"password1": WORD, "password2": WORD})


def by_administrator(person, admin):
    browser = Client()
    browser.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    form = {"usable_password": "true", "password1": WORD, "password2": WORD}
    browser.post(f"/admin/accounts/user/{person.pk}/password/", form)


@pytest.mark.parametrize(
    "reset", [partial(by_mailed_link, by_api=False), partial(by_mailed_link, by_api=True), by_administrator]
)
def test_a_password_that_is_reset_revokes_it(learner, admin, key_for, reset):
    client = key_for(learner, "read")
    reset(learner, admin)
    assert User.objects.get(pk=learner.pk).check_password(WORD)
    assert client.get("/api/v1/users/me").status_code == 401
    assert AuditEvent.objects.filter(action="api_key.revoked").count() == 1


def test_a_second_factor_that_is_reset_revokes_it(learner, key_for, now):
    client = key_for(learner, "read")
    services.reset_second_factor(person=learner, actor=None, now=now)
    assert client.get("/api/v1/users/me").status_code == 401
    assert AuditEvent.objects.get(action="api_key.revoked").actor is None


@pytest.mark.parametrize("too", [False, True])
def test_whoever_changes_the_password_chooses_what_becomes_of_it(as_, learner, key_for, too):
    client, browser = key_for(learner, "read"), as_(learner)
    assert "Revoke my API keys too" in browser.get("/accounts/password/change/").content.decode()
    form = {"oldpassword": PASSWORD, "password1": WORD, "password2": WORD}
    browser.post("/accounts/password/change/", form | ({"revoke_keys": "on"} if too else {}))
    assert User.objects.get(pk=learner.pk).check_password(WORD)
    assert client.get("/api/v1/users/me").status_code == (401 if too else 200)


def test_who_has_none_is_not_asked(as_, learner):
    assert "API keys" not in as_(learner).get("/accounts/password/change/").content.decode()


def test_it_never_does_more_than_its_maker_may(learner, admin, key_for, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    client = key_for(admin, "admin")
    assert client.get("/api/v1/admin/users").status_code == 200
    services.assign_role(person=learner, role=Role.ADMIN, actor=None, now=datetime.now(UTC))
    services.remove_role(person=admin, role=Role.ADMIN, actor=None, now=datetime.now(UTC))
    assert client.get("/api/v1/admin/users").status_code in (403, 404)


@pytest.mark.parametrize(
    "role, offered",
    [
        (Role.LEARNER, ["read", "learn"]),
        (Role.COACH, ["read", "learn", "teach"]),
        (Role.COHORT_MANAGER, ["read", "learn", "teach"]),
        (Role.TRAINER, ["read", "learn", "teach"]),
        (Role.ADMIN, ["read", "learn", "teach", "admin"]),
    ],
)
def test_scopes_that_open_nothing_are_not_given(make_person, role, offered, now):
    person = make_person("Pia", "Person", role)
    assert services.scopes_for(person) == offered
    for scopes in ([], ["sudo"], [*Scope.values, "x"], *([["admin"]] if "admin" not in offered else [])):
        with pytest.raises(Unprocessable):
            services.make_key(person=person, name="Key", scopes=scopes, days=30, now=now)


@pytest.mark.parametrize("days", [0, -1, 31, 366, 10**9])
def test_it_ends_after_a_term_that_is_offered(learner, now, days):
    with pytest.raises(Unprocessable):
        services.make_key(person=learner, name="Key", scopes=["read"], days=days, now=now)


def test_it_ends_when_its_time_has_come(learner, now):
    _row, secret = services.make_key(person=learner, name="Key", scopes=["read"], days=30, now=now)
    end = now + timedelta(days=30)
    assert services.held_by(token=secret, now=end - timedelta(seconds=1))
    assert services.held_by(token=secret, now=end) is None


def test_it_ends_with_its_makers_account(learner, key_for):
    client = key_for(learner, "read")
    User.objects.filter(pk=learner.pk).update(is_active=False)
    assert client.get("/api/v1/users/me").status_code == 401


def test_staff_without_a_second_factor_have_no_working_key(trainer, key_for, settings):
    client = key_for(trainer, "read")
    settings.STAFF_NEED_SECOND_FACTOR = True
    assert client.get("/api/v1/users/me").status_code == 401


def test_revoked_it_opens_nothing_at_once_and_that_is_written_down(learner, key_for, now):
    client = key_for(learner, "read")
    for _again in range(2):
        services.revoke_key(actor=learner, key_id=client.row.pk, now=now)
    assert client.get("/api/v1/users/me").status_code == 401
    events = AuditEvent.objects.filter(object_id=str(client.row.pk)).order_by("id")
    assert [(event.action, event.actor) for event in events] == [
        ("api_key.made", key_of(learner)),
        ("api_key.revoked", key_of(learner)),
    ]
    assert events[0].data == {"scopes": ["read"]}


def test_anothers_key_is_not_there_to_revoke_but_for_an_administrator(
    learner, other_learner, admin, key_for, now
):
    row = key_for(learner, "read").row
    with pytest.raises(Missing):
        services.revoke_key(actor=other_learner, key_id=row.pk, now=now)
    assert services.revoke_key(actor=admin, key_id=row.pk, now=now).revoked_at == now


def test_its_last_use_is_noted_once_a_minute(learner, now, django_assert_num_queries):
    row, secret = services.make_key(person=learner, name="Key", scopes=["read"], days=30, now=now)

    def use(seconds):
        services.held_by(token=secret, now=now + timedelta(seconds=seconds))
        row.refresh_from_db()
        return row.last_used_at

    assert use(1) == now + timedelta(seconds=1)
    with django_assert_num_queries(2):  # find it, and the one of this test
        assert use(60) == now + timedelta(seconds=1)
    assert use(61) == now + timedelta(seconds=61)


@pytest.mark.parametrize("token", ["hds_", "hds_" + "x" * 43, "HDS_x", "hds_\x00", "hds_é", "hds_" * 1000])
def test_what_only_looks_like_a_key_opens_nothing(db, token):
    client = APIClient()
    answer = client.get("/api/v1/users/me", HTTP_AUTHORIZATION=f"Bearer {token}".encode().decode("latin-1"))
    assert answer.status_code == 401


def test_two_working_keys_of_one_name_are_one_too_many(learner, other_learner, now):
    row, _secret = services.make_key(person=learner, name="Key", scopes=["read"], days=30, now=now)
    with pytest.raises(Conflict):
        services.make_key(person=learner, name="Key", scopes=["read"], days=30, now=now)
    services.make_key(person=other_learner, name="Key", scopes=["read"], days=30, now=now)
    services.revoke_key(actor=learner, key_id=row.pk, now=now)
    services.make_key(person=learner, name="Key", scopes=["read"], days=30, now=now)


def test_there_is_an_end_to_how_many(learner, key_for, monkeypatch):
    monkeypatch.setattr("accounts.services.api_keys.MOST", 2)
    key_for(learner, "read")
    key_for(learner, "read")
    with pytest.raises(Conflict, match="2 working keys"):
        key_for(learner, "read")


def test_its_maker_is_told_by_mail(learner, now):
    _row, secret = services.make_key(person=learner, name="Reports", scopes=["read"], days=30, now=now)
    services.send_owed_mail(now=now)
    services.send_owed_mail(now=now + timedelta(hours=1))
    (sent,) = mail.outbox
    assert sent.to == [learner.email] and sent.subject == "A new API key speaks for you"
    for text in (sent.body, sent.alternatives[0].content):
        assert "Reports" in text and "Read what I may read" in text and "1 April 2026" in text
        assert "/developer/" in text and secret not in text


def test_it_is_exported_without_its_hash_and_erased(learner, now):
    row, _secret = services.make_key(person=learner, name="Reports", scopes=["read"], days=30, now=now)
    (told,) = services.export_person(person=learner, now=now)["api_keys"]
    assert told["name"] == "Reports" and row.key_hash not in str(told)
    services.erase_person(person=learner, password=PASSWORD, now=now)
    assert not ApiKey.objects.exists()
