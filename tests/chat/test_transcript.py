"""The transcript of the workbench: in pages, by day, in groups; and articles as text."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.models import Event, MessageType
from chat.quoting import quotation, steps
from chat.services import receive_message
from chat.transcript import PAGE, page


@pytest.fixture
def say(open_session, now):
    """`say("Hello", 30)`: a message so many seconds after the start."""

    def say(text: str, after: float, message_type: str = MessageType.REPLY) -> None:
        receive_message(
            session_id=open_session.pk,
            text=text,
            message_type=message_type,
            client_id=uuid4(),
            now=now + timedelta(seconds=after),
        )

    return say


class TestPage:
    def test_what_one_says_within_two_minutes_stands_together(self, open_session, say):
        for text, after in [("One", 0), ("Two", 119), ("Three", 240)]:
            say(text, after)
        joined = {line.message.text: line.joined for line in page(open_session)}
        assert [joined[text] for text in ("One", "Two", "Three")] == [False, True, False]

    def test_a_note_always_says_that_it_is_one(self, open_session, say):
        say("First", 0, MessageType.NOTE)
        say("Second", 1, MessageType.NOTE)
        assert [line.joined for line in page(open_session) if line.kind == "note"] == [False, False]

    def test_a_day_begins_in_the_time_zone_of_the_reader(self, open_session, say):
        say("Late", 0)
        say("Later", 60 * 60 * 14)  # 23:00 in UTC
        with timezone.override("UTC"):
            assert sum(line.day is not None for line in page(open_session)) == 1
        with timezone.override("Asia/Tokyo"):
            days = [line.day for line in page(open_session) if line.day]
        assert [day.isoformat() for day in days] == ["2026-03-02", "2026-03-03"]

    def test_newest_first_then_what_came_before(self, open_session, say):
        for number in range(PAGE + 5):
            say(f"Message {number}", number)
        newest = page(open_session)
        assert len(newest) == PAGE
        assert newest[-1].message.seq == PAGE + 6  # the opening of the ticket is the first
        before = page(open_session, before=newest[0].message.seq)
        assert [line.message.seq for line in before] == list(range(1, 7))
        assert (before[0].joined, before[0].day is not None) == (False, True)


class TestTheWorkbench:
    def test_earlier_messages_come_as_a_fragment(self, as_, learner, open_session, say):
        for number in range(PAGE + 5):
            say(f"Message {number}.", number)
        browser = as_(learner)
        address = f"/sessions/{open_session.pk}/"
        shown = browser.get(address).content.decode()
        assert "Message 54." in shown and "Message 2." not in shown
        earlier = browser.get(f"{address}messages/?before=7").content.decode()
        assert earlier.count('<li class="bubble ') == 6
        assert "Message 4." in earlier and "Message 5." not in earlier
        assert browser.get(f"{address}messages/?before=x").status_code == 400

    def test_nobody_else_reads_them(self, as_, other_learner, open_session):
        browser = as_(other_learner)
        for path in ("messages/", "quotable/?q=vpn"):
            assert browser.get(f"/sessions/{open_session.pk}/{path}").status_code == 404

    def test_canned_replies_are_filled_in(self, as_, learner, open_session):
        shown = as_(learner).get(f"/sessions/{open_session.pk}/").content.decode()
        customer = open_session.document.customer.name.split()[0]
        number = open_session.ticket.number
        assert f"Hello {customer}, this is Lena at the service desk. I have your ticket {number}." in shown

    def test_quoting_is_a_search_and_an_opening(self, as_, learner, open_session, articles):
        article = articles["vpn-certificate-renewal"]
        browser = as_(learner)
        found = browser.get(f"/sessions/{open_session.pk}/quotable/?q=vpn+certificate").content.decode()
        assert article.title in found
        quoted = browser.get(f"/sessions/{open_session.pk}/quotable/{article.pk}/").content.decode()
        assert "1. Verify the caller at the low level." in quoted
        assert f'value="{article.slug}"' in quoted  # it can be cited now
        events = Event.objects.filter(session=open_session, kind__in=("search", "article")).order_by("number")
        assert [event.kind for event in events] == ["search", "article"]


class TestQuotation:
    def test_title_and_steps(self, articles):
        lines = quotation(articles["vpn-certificate-renewal"]).splitlines()
        assert lines[0] == "From the knowledge base, “VPN refuses the connection: expired certificate”:"
        assert lines[2].startswith("2. In the console choose Certificate authority > Re-issue for")
        assert len(lines) == 5

    def test_an_article_without_steps_gives_its_summary(self, articles):
        article = next(each for each in articles.values() if not steps(each.body))
        assert quotation(article).splitlines()[1] == article.summary

    def test_only_the_first_list_and_its_broken_lines(self):
        body = "Text\n\n3. Open *it*\n   and wait.\n4) Press [here](https://x.example).\n\nMore\n\n1. Else"
        assert steps(body) == ["1. Open it and wait.", "2. Press here."]
