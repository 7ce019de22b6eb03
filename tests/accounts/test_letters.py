"""Mails that a page writes: owed by a row, sealed until they are sent, gone afterwards."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts import services, tasks
from accounts.models import Letter
from tests.mails import mailed


@pytest.fixture
def letter(client, learner):
    """Lena forgot her password."""
    assert client.post("/accounts/password/reset/", {"email": learner.email}).status_code == 302
    return Letter.objects.get()


def test_no_page_waits_for_the_mail(client, learner, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody is there
    for email in (learner.email, "nobody@people.example"):
        assert client.post("/accounts/password/reset/", {"email": email}).status_code == 302
    tasks.send_owed_mail()

    assert [each.mail_attempts for each in Letter.objects.all()] == [1, 1]
    assert all("refused" in each.mail_error for each in Letter.objects.all())


def test_what_it_says_is_sealed_until_it_is_sent_and_then_gone(letter, learner):
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM accounts_letter")
        ((stored,),) = cursor.fetchall()
    assert stored.startswith("v1.") and not mail.outbox

    (sent,) = mailed()
    assert sent.to == [learner.email] and "/accounts/password/reset/key/" in sent.body
    assert sent.alternatives[0].mimetype == "text/html" and not Letter.objects.exists()
    assert len(mailed()) == 1


def test_what_could_not_be_sent_within_a_day_is_dropped(letter):
    services.keep_less(now=timezone.now() + timedelta(hours=23))
    assert Letter.objects.exists()
    services.keep_less(now=timezone.now() + timedelta(hours=25))
    assert not Letter.objects.exists()
