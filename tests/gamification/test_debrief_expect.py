"""Before the score: five scales or a skip, on the page and by REST; the number stays hidden until then."""

import pytest

from assessment.models import Assessment, SelfAssessment
from assessment.services import score_session
from chat.services import start_session
from gamification.services import reward
from tests.conftest import NOW

SCALES = {"verification": 90, "technical": 70, "communication": 80, "documentation": 80, "response_time": 60}
SENT = {"verification": 90, "technical": 70, "communication": 80, "documentation": 80, "responseTime": 60}


def at(session, step=""):
    return f"/sessions/{session.pk}/debrief/{step}"


def rest(session, what="self-assessment"):
    return f"/api/v1/sessions/{session.pk}/{what}"


def text(page):
    return " ".join(page.content.decode().split())


def seen_at(session):
    return Assessment.objects.get(session=session).seen_at


@pytest.fixture
def closed(play, learner):
    """Lena has just closed her ticket; it is not scored yet."""
    return play(learner, "average")


@pytest.fixture
def scored(closed):
    assessment = score_session(session_id=closed.pk, now=closed.finished_at)
    reward(assessment_id=assessment.pk, now=closed.finished_at)
    return closed


def test_wherever_a_score_is_shown_it_is_too_late_for_a_guess(as_, learner, scored):
    browser, number = as_(learner), f"{float(scored.assessment.overall):g}"
    for place in (
        "/dashboard/",
        "/catalogue/",
        "/catalogue/vpn-will-not-connect/",
        "/performance/?timeframe=all",
        "/performance/export/?timeframe=all",
        "/api/v1/scenarios",
        f"/api/v1/scenarios/{scored.scenario_id}",
        "/api/v1/users/me/progress",
        "/api/v1/users/me/performance?timeframe=all",
        "/api/v1/users/me/performance/export?timeframe=all&format=csv",
    ):
        Assessment.objects.update(seen_at=None)
        assert number in text(browser.get(place)) or place.endswith("progress"), place
        assert seen_at(scored) is not None, place
        refused = browser.post(rest(scored), SENT, content_type="application/json")
        assert refused.status_code == 409, place
    assert not SelfAssessment.objects.exists()


def test_where_no_score_is_shown_the_guess_stays_open(as_, learner, scored):
    browser, number = as_(learner), f"{float(scored.assessment.overall):g}"
    for place in ("/tickets/", "/notices/", "/api/v1/sessions", "/api/v1/notices", "/achievements/"):
        shown = browser.get(place)
        assert shown.status_code == 200 and number not in text(shown), place
    assert seen_at(scored) is None
    assert browser.post(rest(scored), SENT, content_type="application/json").status_code == 201


class TestThePage:
    def test_it_asks_at_once_without_waiting_for_the_score(self, as_, learner, closed):
        page = text(as_(learner).get(at(closed)))
        assert "How do you think it went?" in page and "Skip" in page
        assert page.count("<fieldset") == 5 and page.count('type="radio"') == 55
        assert "every 2s" not in page and "http-equiv" not in page

    def test_it_keeps_the_number_and_the_news_of_it_to_itself(self, as_, learner, scored):
        page = text(as_(learner).get(at(scored)))
        assert f"{float(scored.assessment.overall):g}" not in page
        assert "data-quiet" in page
        assert seen_at(scored) is None

    def test_the_guess_is_kept_and_the_score_is_shown(self, as_, learner, scored):
        browser = as_(learner)
        answer = browser.post(at(scored, "expect/"), SCALES, follow=True)
        assert "Every criterion" in text(answer)
        assert SelfAssessment.objects.get(session=scored).dimensions == SCALES
        assert seen_at(scored) is not None

    def test_after_the_guess_the_page_waits_for_the_score(self, as_, learner, closed):
        browser = as_(learner)
        browser.post(at(closed, "expect/"), SCALES)
        page = text(browser.get(at(closed)))
        assert "Your ticket is being read" in page and "every 2s" in page
        assert seen_at(closed) is None

    @pytest.mark.parametrize("is_scored", [True, False])
    def test_skipping_leads_on_and_is_not_asked_again(self, as_, learner, closed, is_scored):
        if is_scored:
            score_session(session_id=closed.pk, now=closed.finished_at)
        browser = as_(learner)
        page = text(browser.post(at(closed, "skip/"), follow=True))
        assert ("Every criterion" if is_scored else "Your ticket is being read") in page
        score_session(session_id=closed.pk, now=closed.finished_at)
        assert "Every criterion" in text(browser.get(at(closed)))
        assert not SelfAssessment.objects.exists()

    def test_practice_is_asked_too(self, as_, learner, play):
        session = play(learner, "average", mode="practice")
        assert "How do you think it went?" in text(as_(learner).get(at(session)))

    def test_nonsense_is_asked_again_with_its_reason(self, as_, learner, scored):
        answer = as_(learner).post(at(scored, "expect/"), SCALES | {"technical": "101"})
        assert answer.status_code == 422
        assert "101 is not one of the available choices" in text(answer)
        assert not SelfAssessment.objects.exists()

    def test_nothing_is_chosen_beforehand_and_nothing_missing_is_made_up(self, as_, learner, scored):
        browser = as_(learner)
        assert " checked" not in text(browser.get(at(scored)))
        answer = browser.post(at(scored, "expect/"), {"verification": "90"})
        assert answer.status_code == 422
        assert text(answer).count("Not rated yet.") == 4
        assert text(answer).count(" checked") == 1
        assert not SelfAssessment.objects.exists() and seen_at(scored) is None

    def test_after_the_score_it_is_too_late_and_says_so(self, as_, learner, scored):
        browser = as_(learner)
        browser.post(at(scored, "skip/"))
        page = text(browser.post(at(scored, "expect/"), SCALES, follow=True))
        assert "The score has been shown already" in page
        assert not SelfAssessment.objects.exists()

    def test_a_running_ticket_is_worked_on_instead(self, as_, learner, vpn):
        session = start_session(learner=learner, scenario=vpn, mode="exam", now=NOW)
        for step in ("expect/", "skip/"):
            answer = as_(learner).post(at(session, step), SCALES, follow=True)
            assert answer.redirect_chain[-1][0] == f"/sessions/{session.pk}/"
        assert not SelfAssessment.objects.exists()

    def test_only_the_learner_is_asked(self, as_, learner, coach, cohort, other_learner, scored):
        assert "Every criterion" in text(as_(coach).get(at(scored)))
        assert seen_at(scored) is None
        for person in (coach, other_learner):
            for step in ("expect/", "skip/"):
                assert as_(person).post(at(scored, step), SCALES).status_code == 404
        assert seen_at(scored) is None and not SelfAssessment.objects.exists()

    def test_it_needs_a_post(self, as_, learner, scored):
        for step in ("expect/", "skip/"):
            assert as_(learner).get(at(scored, step)).status_code == 405


class TestRest:
    def test_five_numbers_before_the_score(self, api_as, learner, closed):
        answer = api_as(learner).post(rest(closed), SENT, format="json")
        assert answer.status_code == 201
        assert answer.json() == SENT | {"createdAt": answer.json()["createdAt"]}
        assert SelfAssessment.objects.get(session=closed).dimensions == SCALES

    def test_reading_the_score_is_seeing_it(self, api_as, learner, scored):
        client = api_as(learner)
        assert client.get(rest(scored, "assessment")).json()["status"] == "done"
        assert seen_at(scored) is not None
        answer = client.post(rest(scored), SENT, format="json")
        assert answer.status_code == 409 and "shown already" in answer.json()["message"]
        assert not SelfAssessment.objects.exists()

    def test_asking_whether_it_is_scored_yet_is_not_seeing_it(self, api_as, learner, closed):
        client = api_as(learner)
        assert client.get(rest(closed, "assessment")).json()["status"] == "pending"
        assert client.post(rest(closed), SENT, format="json").status_code == 201

    @pytest.mark.parametrize("wrong", [-5, 101, "much", 70.5, None])
    def test_numbers_that_are_none_are_named(self, api_as, learner, closed, wrong):
        answer = api_as(learner).post(rest(closed), SENT | {"responseTime": wrong}, format="json")
        assert answer.status_code == 400 and set(answer.json()["details"]) == {"responseTime"}

    def test_twice_the_same_is_once_and_another_is_a_conflict(self, api_as, learner, closed):
        client = api_as(learner)
        first = client.post(rest(closed), SENT, format="json")
        assert client.post(rest(closed), SENT, format="json").json() == first.json()
        assert client.post(rest(closed), SENT | {"technical": 5}, format="json").status_code == 409

    def test_a_running_session_is_a_conflict(self, api_as, learner, vpn):
        session = start_session(learner=learner, scenario=vpn, mode="exam", now=NOW)
        assert api_as(learner).post(rest(session), SENT, format="json").status_code == 409

    def test_another_persons_session_is_not_there(self, api_as, coach, cohort, other_learner, closed):
        for person in (coach, other_learner):
            assert api_as(person).post(rest(closed), SENT, format="json").status_code == 404

    def test_a_coach_who_reads_it_has_not_seen_it_for_the_learner(self, api_as, coach, cohort, scored):
        assert api_as(coach).get(rest(scored, "assessment")).status_code == 200
        assert seen_at(scored) is None
