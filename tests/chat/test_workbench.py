"""What the workbench's panels say: checklist, trail, tour, trouble."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from chat.checklist import checklist
from chat.forms import ResolutionForm
from chat.selectors import looked_up
from chat.services import (
    change_ticket,
    look_up_directory,
    open_article,
    perform_action,
    resolve,
    search_articles,
    start_session,
    verify,
)
from tests.chat.talking import GOOD_NOTES, resolution

NOW = timezone.now


@pytest.fixture
def session(open_session):
    return open_session


@pytest.fixture
def browser(as_, learner):
    return as_(learner)


def ticked(session, **typed):
    """Words of the checklist's items that are done."""
    form = ResolutionForm(session, typed) if typed else ResolutionForm(session, initial={})
    return {str(item.words) for item in checklist(session, form) if item.done}


class TestChecklist:
    def test_nothing_is_done_at_first(self, session):
        assert ticked(session) == set()

    def test_what_is_written_is_ticked_and_blanks_are_not(self, session):
        assert ticked(session, type="resolved", problem="No tunnel", steps="  ") == {
            "Outcome chosen",
            "Problem written",
        }

    def test_triage_is_done_when_all_three_are_set_and_the_clocks_are_none_of_them(self, session, browser):
        address = reverse("session_checklist", args=[session.pk])
        for changes, said in [
            ({"status": "pending"}, []),
            ({"category": "network"}, ["1 of 3"]),
            ({"category": "access", "impact": "low"}, ["2 of 3"]),
            ({"urgency": "high"}, []),
        ]:
            change_ticket(session_id=session.pk, now=NOW(), **changes)
            assert re.findall(r"\d of \d", browser.get(address).content.decode()) == said
        assert "Category, impact and urgency set" in ticked(session)

    def test_what_arrived_is_shown_as_such_until_it_is_set(self, session, browser):
        address = reverse("session_ticket", args=[session.pk])
        assert browser.get(address).content.decode().count("as it arrived") == 3

        browser.post(reverse("change_ticket", args=[session.pk]), {"impact": "low"})

        page = browser.get(address).content.decode()
        assert page.count("as it arrived") == 2
        assert '<option value="low" selected>' in page

    @pytest.mark.parametrize(
        ("marks", "done"),
        [
            ({"name": "match"}, False),
            ({"employee_id": "match", "asset_tag": "match"}, True),
            ({"employee_id": "mismatch"}, True),
        ],
    )
    def test_the_caller_is_settled_by_enough_matches_or_a_mismatch(self, session, marks, done):
        for factor, outcome in marks.items():
            session = verify(session_id=session.pk, factor=factor, outcome=outcome, now=NOW())
        assert ("Caller verified, or a mismatch recorded" in ticked(session)) == done

    def test_handing_over_wants_team_and_reason(self, session):
        wanted = [
            (item.only, item.field) for item in checklist(session, ResolutionForm(session)) if item.only
        ]
        assert wanted == [("escalated", "team"), ("escalated", "reason"), ("declined", "reason")]


def test_the_trail_has_each_search_and_article_once_the_latest_first(session, articles):
    article = articles["vpn-certificate-renewal"]
    for query in ("vpn", "", "certificate", "vpn"):
        search_articles(session_id=session.pk, query=query, now=NOW())
    open_article(session_id=session.pk, article_id=article.pk, now=NOW())

    found = [step.get("query") or step["title"] for step in looked_up(session)]

    assert found == [article.title, "vpn", "certificate"]


def test_the_record_stands_beside_what_was_said_and_what_can_be_compared_comes_first(browser, session):
    look_up_directory(session_id=session.pk, query="lopez", now=NOW())
    verify(session_id=session.pk, factor="manager", outcome="match", now=NOW())

    page = browser.get(reverse("verification", args=[session.pk])).content.decode()

    assert page.index("Manager") < page.index("Full name")
    assert 'data-outcome="match"' in page and 'aria-pressed="true"' in page
    assert "needed here" in page


def test_a_question_names_what_the_action_does(browser, session):
    page = browser.post(reverse("perform_action", args=[session.pk]), {"action": "disable_cert_check"})

    text = page.content.decode()
    assert "<dialog" in text and "The gateway accepts this user without a valid certificate" in text
    assert "Policy asks for the low level first" in text


def test_a_running_tool_asks_again_when_its_result_is_due(browser, session):
    perform_action(session_id=session.pk, action="vpn_gateway_log", now=NOW())

    page = browser.get(reverse("session_runs", args=[session.pk])).content.decode()

    assert 'max="4000"' in page and "load delay:" in page
    assert "certificate" not in page


class TestTrouble:
    def test_a_refusal_goes_to_its_own_place(self, browser, session):
        answer = browser.post(reverse("verify", args=[session.pk]), {"factor": "shoe", "outcome": "match"})
        assert answer["HX-Retarget"] == "#trouble"

    def test_who_was_signed_out_signs_in_and_comes_back(self, client, session):
        address = reverse("workbench", args=[session.pk])
        answer = client.get(reverse("session_runs", args=[session.pk]), headers={"HX-Request": "true"})
        assert answer["HX-Redirect"] == f"{reverse('account_login')}?next={address}"


class TestTour:
    def begins(self, browser, session):
        return "data-opens-itself" in browser.get(reverse("workbench", args=[session.pk])).content.decode()

    def test_it_begins_by_itself_until_it_was_seen_or_skipped(self, browser, session, learner):
        assert self.begins(browser, session)
        assert browser.post(reverse("end_tour")).status_code == 204
        assert not self.begins(browser, session)
        learner.refresh_from_db()
        assert learner.preferences["toured"] is True and learner.preferences["theme"] == "system"

    def test_who_has_finished_a_ticket_knows_the_place(self, browser, session):
        resolve(session_id=session.pk, resolution=resolution(), now=NOW())
        again = start_session(
            learner=session.learner, scenario=session.scenario, mode="exam", now=NOW(), seed=8
        )
        assert not self.begins(browser, again)

    def test_it_is_ended_by_a_post_of_somebody_signed_in(self, browser, client):
        assert browser.get(reverse("end_tour")).status_code == 405
        client.logout()
        assert client.post(reverse("end_tour")).status_code == 302


def test_a_hint_that_was_had_is_free(browser, learner, scenarios):
    practice = start_session(
        learner=learner, scenario=scenarios["prints-vanish"], mode="practice", now=NOW(), seed=7
    )
    address = reverse("session_hint", args=[practice.pk])
    said = [browser.post(address).content.decode() for _ in range(4)]
    assert ["It cost 5 points" in each for each in said] == [True, True, True, False]
    assert "free" in said[3] and "3 hints paid so far" in said[3]


def test_somebody_elses_checklist_is_not_there(as_, other_learner, session):
    address = reverse("session_checklist", args=[session.pk])
    assert as_(other_learner).get(address).status_code == 404
    assert as_(other_learner).get(reverse("session_checklist", args=[uuid4()])).status_code == 404


def test_a_draft_comes_back_as_written(browser, session):
    browser.post(reverse("save_draft", args=[session.pk]), {**GOOD_NOTES, "type": "escalated"})

    page = browser.get(reverse("workbench", args=[session.pk])).content.decode()

    assert escape(GOOD_NOTES["problem"]) in page
    item = page[page.index("Problem written") - 120 : page.index("Problem written")]
    assert 'data-done="true"' in item
