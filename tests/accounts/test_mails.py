"""Every mail: text and HTML say the same, carry the same link, and load nothing from anywhere."""

import re
from html import unescape

import pytest
from django.core import mail

from accounts import services
from accounts.models import Notice
from tests.conftest import PASSWORD
from tests.mails import mailed

SIGN_UP = {"first_name": "Nia", "last_name": "New", "email": "nia@people.example", "password1": PASSWORD}


def sign_up(client, learner, now):
    client.post("/accounts/signup/", SIGN_UP)


def sign_up_again(client, learner, now):
    client.post("/accounts/signup/", SIGN_UP | {"email": learner.email})


def add_an_address(client, learner, now):
    client.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"email": "second@people.example", "action_add": ""})


def forget_the_password(client, learner, now):
    client.post("/accounts/password/reset/", {"email": learner.email})


def forget_the_address(client, learner, now):
    client.post("/accounts/password/reset/", {"email": "nobody@people.example"})


def be_invited(client, learner, now):
    manager = services.create_person(
        email="m@people.example",
        password=None,
        first_name="Mo",
        last_name="M",
        roles=["cohort_manager"],
        now=now,
    )
    cohort = services.create_cohort(name="R&D <1>", manager=manager, now=now)
    services.invite(cohort=cohort, actor=manager, email="guest@people.example", now=now)
    services.send_owed_mail(now=now)


OCCASIONS = [
    (sign_up, "/accounts/confirm-email/"),
    (sign_up_again, "/accounts/password/reset/"),
    (add_an_address, "/accounts/confirm-email/"),
    (forget_the_password, "/accounts/password/reset/key/"),
    (forget_the_address, "/accounts/signup/"),
    (be_invited, "/invitations/"),
]


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))


def check(sent, path: str) -> None:
    (html, kind) = sent.alternatives[0]
    links = {link for link in re.findall(r"https?://\S+", sent.body) if path in link}
    assert kind == "text/html" and len(links) == 1, sent.body
    assert f'href="{links.pop()}"' in html
    assert "<!doctype html>" in html and 'lang="en"' in html and "Helpdesk Simulator" in html
    assert not re.search(r"<(img|link|script|style)|url\(|src=", html), "nothing is loaded when it is read"
    read = words(unescape(re.sub(r"<title>.*?</title>|<[^>]+>", " ", html, flags=re.DOTALL)))
    for line in sent.body.splitlines():
        assert line.startswith("http") or words(line) in read, line
    assert "\n" not in sent.subject and sent.subject.strip()


@pytest.mark.parametrize("happen, path", OCCASIONS)
def test_a_mail_says_the_same_in_both_parts(client, learner, now, happen, path):
    happen(client, learner, now)

    (sent,) = mailed()
    check(sent, path)


@pytest.mark.parametrize("kind", Notice.Kind.values)
def test_so_does_every_kind_of_notice(learner, now, kind):
    services.change_preferences(person=learner, changes={"notify": {kind: "email"}})
    services.notify(
        user=learner, kind=kind, title="R&D <1>", body="“Odd” & more", url="/sessions/1/debrief/", now=now
    )
    services.send_owed_mail(now=now)

    (sent,) = mail.outbox
    check(sent, "/sessions/1/debrief/")
    assert (
        "/settings/#part-notices" in sent.body and "/settings/#part-notices" in sent.alternatives[0].content
    )
    assert "Hello Lena," in sent.body and "Hello Lena," in sent.alternatives[0].content


def test_a_notice_without_an_address_has_no_empty_link(learner, now):
    services.change_preferences(person=learner, changes={"notify": {"level": "email"}})
    services.notify(user=learner, kind="level", title="Level 2", now=now)
    services.send_owed_mail(now=now)

    assert 'href=""' not in mail.outbox[0].alternatives[0].content
