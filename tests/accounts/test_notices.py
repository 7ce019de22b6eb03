"""Notices: the choice per kind, reading, and the mails that are owed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, connections
from django.test import override_settings

from accounts import services
from accounts.errors import Missing
from accounts.models import Notice
from accounts.models.owed import MAX_ATTEMPTS


@pytest.fixture
def told(learner, now):
    def tell(kind="level", choice="page", **fields):
        services.change_preferences(person=learner, changes={"notify": {kind: choice}})
        fields = {"title": "You reached level 2", "body": "Well done.", "url": "/dashboard/"} | fields
        return services.notify(user=learner, kind=kind, now=now, **fields)

    return tell


def test_on_the_page_means_no_mail(told, learner, now):
    notice = told(choice="page")
    assert list(learner.notices.unread()) == [notice]
    assert not Notice.objects.unsent().exists()
    assert services.send_owed_mail(now=now) == 0


def test_by_mail_means_on_the_page_too(told, learner, now):
    notice = told(choice="email")
    assert list(learner.notices.unread()) == [notice]
    assert list(Notice.objects.unsent()) == [notice]


def test_not_at_all_leaves_nothing(told):
    assert told(choice="none") is None
    assert not Notice.objects.exists()


def test_the_choice_is_per_kind(told, learner, now):
    told(kind="level", choice="none")
    assert services.notify(user=learner, kind="achievement", title="First ticket", now=now)


def test_an_owed_mail_goes_out_once_as_text_and_html(told, now):
    notice = told(choice="email")
    assert services.send_owed_mail(now=now) == 1
    assert services.send_owed_mail(now=now + timedelta(hours=1)) == 0
    (sent,) = mail.outbox
    assert sent.to == ["lena@people.example"] and sent.subject == "You reached level 2"
    assert "Well done." in sent.body and "http://127.0.0.1:8000/dashboard/" in sent.body
    assert 'href="http://127.0.0.1:8000/dashboard/"' in sent.alternatives[0].content
    notice.refresh_from_db()
    assert (notice.mail_state, notice.mail_attempts, notice.sent_at) == ("sent", 1, now)


def test_a_line_break_in_a_title_does_not_reach_the_header(told, now):
    told(choice="email", title="Level 2\nBcc: all@people.example")
    services.send_owed_mail(now=now)
    assert mail.outbox[0].subject == "Level 2 Bcc: all@people.example"


def test_markup_in_a_title_is_text_in_the_mail(told, now):
    told(choice="email", title="<b>Level</b> & more")
    services.send_owed_mail(now=now)
    assert mail.outbox[0].subject == "<b>Level</b> & more"
    assert "&lt;b&gt;Level&lt;/b&gt;" in mail.outbox[0].alternatives[0].content


NOBODY_LISTENS = override_settings(
    EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9
)


def test_a_mail_that_fails_is_tried_again_later_and_later(told, now):
    notice = told(choice="email")
    with NOBODY_LISTENS:
        assert services.send_owed_mail(now=now) == 0
        notice.refresh_from_db()
        assert notice.mail_attempts == 1 and "ConnectionRefusedError" in notice.mail_error
        assert notice.next_attempt_at == now + timedelta(seconds=5)
        services.send_owed_mail(now=now + timedelta(seconds=4))
        notice.refresh_from_db()
        assert notice.mail_attempts == 1
        services.send_owed_mail(now=now + timedelta(seconds=5))
        notice.refresh_from_db()
        assert notice.next_attempt_at == now + timedelta(seconds=5 + 30)
    assert services.send_owed_mail(now=now + timedelta(seconds=35)) == 1
    notice.refresh_from_db()
    assert (notice.mail_state, notice.mail_error) == ("sent", "")


def test_after_many_failures_it_is_given_up_until_an_operator_asks_again(told, now):
    notice = told(choice="email")
    with NOBODY_LISTENS:
        for day in range(MAX_ATTEMPTS + 2):
            services.send_owed_mail(now=now + timedelta(days=day))
    notice.refresh_from_db()
    assert (notice.mail_state, notice.mail_attempts) == ("failed", MAX_ATTEMPTS)
    later = now + timedelta(days=30)
    services.owe_mail_again(row=notice, now=later)
    assert services.send_owed_mail(now=later) == 1


def test_a_claim_whose_worker_died_is_found_again(told, now):
    notice = told(choice="email")
    assert Notice.objects.claim(now) == notice
    assert services.send_owed_mail(now=now + timedelta(minutes=1)) == 0
    assert services.send_owed_mail(now=now + timedelta(minutes=2)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_claims_a_row(told, now):
    notice = told(choice="email")

    def claim(_):
        try:
            return Notice.objects.claim(now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        assert [row for row in workers.map(claim, range(8)) if row] == [notice]
    connection.close()


def test_reading_twice_changes_nothing(told, learner, now):
    notice = told()
    services.read_notice(user=learner, notice_id=notice.pk, now=now)
    again = services.read_notice(user=learner, notice_id=notice.pk, now=now + timedelta(hours=1))
    assert again.read_at == now


def test_a_notice_is_its_owners_alone(told, other_learner, now):
    with pytest.raises(Missing):
        services.read_notice(user=other_learner, notice_id=told().pk, now=now)


def test_the_page_lists_them_and_opening_one_marks_it_read(told, as_, learner):
    notice = told()
    browser = as_(learner)
    page = browser.get("/notices/").content.decode()
    assert "You reached level 2" in page and f"/notices/{notice.pk}/" in page
    assert browser.get(f"/notices/{notice.pk}/").url == "/dashboard/"
    notice.refresh_from_db()
    assert notice.read_at
    assert "All read" in browser.get("/notices/?unread=true").content.decode()


def test_a_notice_never_leads_to_another_site(told, as_, learner):
    notice = told(url="https://elsewhere.example/")
    assert as_(learner).get(f"/notices/{notice.pk}/").url == "/notices/"


def test_all_may_be_read_at_once(told, as_, learner, other_learner, now):
    told(), told()
    services.notify(user=other_learner, kind="level", title="Yours", now=now)
    as_(learner).post("/notices/read/")
    assert learner.notices.unread().count() == 0 and other_learner.notices.unread().count() == 1


def test_the_page_makes_the_same_number_of_queries_for_one_and_for_many(
    told, as_, learner, django_assert_num_queries
):
    from django.test.utils import CaptureQueriesContext

    told()
    browser = as_(learner)
    browser.get("/notices/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/notices/")
    for _ in range(60):
        told()
    with django_assert_num_queries(len(few)):
        browser.get("/notices/")


def test_the_list_is_filtered_by_kind_and_by_what_is_unread(told, as_, learner, now):
    services.read_notice(user=learner, notice_id=told(title="Level 2").pk, now=now)
    told(title="Level 3")
    told(kind="achievement", title="First ticket home")
    browser = as_(learner)

    def shown(query):
        return sorted(notice.title for notice in browser.get(f"/notices/?{query}").context["page"])

    assert shown("kind=level") == ["Level 2", "Level 3"]
    assert shown("kind=level&unread=true") == ["Level 3"]
    assert shown("kind=nope&unread=perhaps") == ["First ticket home", "Level 2", "Level 3"]
    page = browser.get("/notices/?kind=contest_decided").content.decode()
    assert "No notice of this kind" in page and "Clear filters" in page


def test_marking_one_as_read_stays_in_the_same_part_of_the_list(told, as_, learner):
    notice, browser = told(), as_(learner)
    action = f"/notices/{notice.pk}/read/?unread=true&amp;kind=level"

    assert f'action="{action}"' in browser.get("/notices/?unread=true&kind=level").content.decode()
    assert browser.post(action.replace("&amp;", "&")).url == "/notices/?unread=true&kind=level"


def test_the_list_costs_the_same_for_few_and_many(told, as_, learner, django_assert_max_num_queries):
    browser, counts = as_(learner), []
    for more in (2, 15):
        for _ in range(more):
            told()
        with django_assert_max_num_queries(50) as queries:
            browser.get("/notices/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
