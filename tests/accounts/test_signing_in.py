"""Signing up, proving the address, signing in and out, passwords: through the pages."""

import re

import pytest
from django.test import Client, override_settings

from accounts.models import User
from tests.conftest import PASSWORD
from tests.mails import mailed

NEWCOMER = {
    "first_name": "Nora",
    "last_name": "New",
    "email": "nora@people.example",
    "password1": "correct-horse-battery",
}


def link_in(text: str, part: str) -> str:
    return re.search(rf"http://testserver(/accounts/{part}\S+)", text)[1]


@pytest.fixture
def demo():
    with override_settings(DEMO=True):
        yield


def test_a_newcomer_proves_the_address_and_is_in_as_a_learner(client, db):
    answer = client.post("/accounts/signup/", NEWCOMER)
    assert answer.url == "/accounts/confirm-email/"
    (sent,) = mailed()
    assert sent.to == ["nora@people.example"] and sent.subject == "Welcome: confirm your e-mail address"
    assert sent.alternatives[0].mimetype == "text/html"
    link = link_in(sent.body, "confirm-email")
    assert "Is <strong>nora@people.example</strong> yours, Nora?" in client.get(link).content.decode()
    assert client.post(link).url == "/dashboard/"
    person = User.objects.get()
    assert (person.first_name, person.last_name, person.role_names) == ("Nora", "New", {"learner"})


def test_without_proof_there_is_no_way_in(client, db):
    client.post("/accounts/signup/", NEWCOMER)
    stranger = Client()
    answer = stranger.post(
        "/accounts/login/", {"login": NEWCOMER["email"], "password": NEWCOMER["password1"]}
    )
    assert answer.url == "/accounts/confirm-email/"
    assert stranger.get("/settings/").status_code == 302


@pytest.mark.parametrize("page", ["login", "signup", "password/reset"])
def test_no_placeholder_repeats_a_label(client, db, page):
    words = client.get(f"/accounts/{page}/").content.decode()
    assert "<label" in words and "placeholder" not in words


@pytest.mark.parametrize("missing", ["first_name", "last_name", "email", "password1"])
def test_every_field_of_the_sign_up_is_needed(client, db, missing):
    answer = client.post("/accounts/signup/", NEWCOMER | {missing: ""})
    assert answer.status_code == 200 and not User.objects.exists() and not mailed()


@pytest.mark.parametrize("weak", ["short", "12345678901", "password", "nora-new-people"])
def test_a_weak_password_is_refused(client, db, weak):
    answer = client.post(
        "/accounts/signup/", NEWCOMER | {"password1": weak, "email": "nora-new@people.example"}
    )
    assert answer.status_code == 200 and not User.objects.exists()


def test_the_page_does_not_tell_whether_an_address_is_taken(client, learner):
    taken = client.post("/accounts/signup/", NEWCOMER | {"email": learner.email})
    free = Client().post("/accounts/signup/", NEWCOMER)
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    assert mailed()[0].subject == "You already have an account"


def test_a_visitor_is_shown_what_this_is(client, db):
    page = client.get("/").content.decode()
    assert "<h1" in page and "/accounts/signup/" in page


def test_signing_in_and_out(client, learner):
    page = client.get("/accounts/login/").content.decode()
    assert "Sign in" in page
    answer = client.post("/accounts/login/", {"login": "Lena@People.example", "password": PASSWORD})
    assert answer.url == "/dashboard/"
    assert client.get("/").url == "/dashboard/"
    assert client.post("/accounts/logout/").url == "/"
    assert client.get("/settings/").url.startswith("/accounts/login/")


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, learner):
    said = [
        re.sub(
            r'(value|name="csrf\w+" value)="[^"]*"',
            "",
            client.post("/accounts/login/", {"login": who, "password": "not it"}).content.decode(),
        )
        for who in (learner.email, "nobody@people.example")
    ]
    assert said[0] == said[1] and "not correct" in said[0]


def test_a_forgotten_password_is_set_anew_by_mail_and_ends_api_sign_ins(client, learner, api_as):
    api = api_as(learner)
    client.post("/accounts/password/reset/", {"email": learner.email})
    link = link_in(mailed()[0].body, "password/reset/key")
    form = client.get(link).url
    word = "another-long-word-9"
    client.post(form, {"password1": word, "password2": word})
    learner.refresh_from_db()
    assert learner.check_password(word)
    assert api.get("/api/v1/users/me").status_code == 401


def test_an_unknown_address_gets_the_same_answer_when_a_password_is_forgotten(client, learner):
    answers = [
        client.post("/accounts/password/reset/", {"email": who}).url
        for who in (learner.email, "nobody@people.example")
    ]
    assert answers[0] == answers[1]


def test_the_password_is_changed_in_the_settings(as_, learner):
    browser, word = as_(learner), "another-long-word-9"
    browser.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": word, "password2": word}
    )
    learner.refresh_from_db()
    assert learner.check_password(word)


@pytest.mark.parametrize(
    "page", ["login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/"]
)
def test_the_signed_out_pages_wear_our_frame(client, db, page):
    shown = client.get(f"/accounts/{page}").content.decode()
    assert "Helpdesk Simulator</title>" in shown and 'class="card stack"' in shown


@pytest.mark.parametrize("page", ["email/", "password/change/", "logout/"])
def test_the_signed_in_pages_wear_our_frame(as_, learner, page):
    shown = as_(learner).get(f"/accounts/{page}").content.decode()
    assert "Helpdesk Simulator</title>" in shown and "<h1>" in shown


def test_a_trial_shows_a_newcomer_the_mail_and_the_link_works(client, db, demo):
    page = client.post("/accounts/signup/", NEWCOMER, follow=True).content.decode()
    assert "here is your mail" in page and "to nora@people.example" in page
    link = re.search(r'href="http://testserver(/accounts/confirm-email/[^"]+)"', page)[1]
    assert client.post(link).url == "/dashboard/"


def test_a_trial_shows_nobody_anothers_mail(client, learner, demo):
    client.post("/accounts/signup/", NEWCOMER)
    assert "to nora@" not in Client().get("/accounts/confirm-email/").content.decode()
    thief = Client()
    thief.post("/accounts/signup/", NEWCOMER | {"email": learner.email})
    page = thief.post("/accounts/password/reset/", {"email": learner.email}, follow=True).content.decode()
    assert "password/reset/key" not in page and "here is your mail" not in page
    assert "password/reset/key" in mailed()[-1].body


def test_a_trial_shows_a_reset_to_the_one_who_owns_the_address(client, db, demo):
    client.post("/accounts/signup/", NEWCOMER)
    page = client.post("/accounts/password/reset/", {"email": NEWCOMER["email"]}, follow=True)
    assert "password/reset/key" in page.content.decode()


def test_outside_a_trial_no_mail_is_kept(client, db):
    page = client.post("/accounts/signup/", NEWCOMER, follow=True).content.decode()
    assert "Check your mail" in page and "here is your mail" not in page
    assert "demo_mail" not in client.session


def test_only_a_trial_names_the_demo_sign_ins(client, db):
    assert "helpdesk-demo" not in client.get("/accounts/login/").content.decode()
    with override_settings(DEMO=True):
        assert "helpdesk-demo" in client.get("/accounts/login/").content.decode()
