"""What a debrief tells beside the rows: why, the formula, moments, mood, what was expected, what was revised."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from assessment.models import DIMENSIONS, Assessment, Revision
from assessment.scoring.rubric import WEIGHTS
from assessment.self_assessment import rate_oneself, see_score
from assessment.services import score_session
from gamification.debriefing import debrief_of
from gamification.debriefing.expectation import Expectation, Gap
from gamification.debriefing.reckoning import reckoning_of
from gamification.services import reward
from tests.conftest import NOW

EXPECTED = {
    "verification": 90,
    "technical": 70,
    "communication": 80,
    "documentation": 85,
    "response_time": 60,
}
STYLES = ["careful", "average", "careless"]


def at(session):
    return f"/sessions/{session.pk}/debrief/"


def text(page):
    return " ".join(page.content.decode().split()).replace("&#x27;", "'")


@pytest.fixture
def debriefed(play, learner):
    """`debriefed("average")`: (session, what its debrief says to those who may read the work)."""

    def debriefed(style="careful", **rest):
        session = play(learner, style, **rest)
        see_score(session_id=session.pk, now=NOW)
        score_session(session_id=session.pk, now=session.finished_at)
        session.refresh_from_db()
        return session, debrief_of(session, shows_work=True)

    return debriefed


def of(debrief, words):
    """Words of the steps at which a moment was marked so."""
    return [step.words for step in debrief.work.own_path if words in [m.words for m in step.moments]]


class TestTheReason:
    def test_it_names_where_most_was_lost(self, debriefed):
        _, debrief = debriefed("average")
        lost = sorted(debrief.reckoning.terms, key=lambda term: -term.missing)[:2]
        assert debrief.reason == (
            f"Most of what is missing lies in {lost[0].title.lower()} ({lost[0].score:g})"
            f" and {lost[1].title.lower()} ({lost[1].score:g})."
        )

    def test_a_critical_mistake_goes_before_all(self, debriefed):
        _, debrief = debriefed("careless")
        assert debrief.headline == "Unsafe, so not passed"
        assert debrief.reason == debrief.assessment.feedback["next"][0]["text"]
        assert "does lasting harm" in debrief.reason

    def test_a_cap_that_lowered_the_score_is_the_reason(self, debriefed):
        session, _ = debriefed("careful")
        cap = {"id": "empty", "limit": 75, "critical": False, "why": "Too little.", "evidence": []}
        Assessment.objects.filter(session=session).update(caps=[cap], overall=75)
        session.refresh_from_db()
        assert debrief_of(session, shows_work=False).reason == "Too little."


class TestTheFormula:
    @pytest.mark.parametrize("style", STYLES)
    def test_the_table_says_what_the_line_says(self, debriefed, style):
        session, debrief = debriefed(style)
        reckoning, formula = debrief.reckoning, session.assessment.formula
        total = float(re.search(r" = ([\d.]+)", formula)[1])

        assert reckoning.total == pytest.approx(total, abs=0.01)
        for term in reckoning.terms:
            assert f"{term.share:.2f} × {term.score:g} {term.title.lower()}" in formula
        assert bool(reckoning.cap) == (", capped at" in formula)
        assert reckoning.overall == float(session.assessment.overall)

    def test_what_did_not_apply_weighs_nothing_and_the_rest_makes_up_for_it(self, score, learner):
        numbers = dict.fromkeys(DIMENSIONS, 80) | {"response_time": None}
        reckoning = reckoning_of(score(learner, 80, **numbers))
        assert [term.share for term in reckoning.terms if term.score is None] == [0.0]
        assert sum(term.share for term in reckoning.terms) == pytest.approx(1)
        assert reckoning.total == 80

    def test_it_keeps_the_weights_of_its_day(self, score, learner):
        numbers = dict.fromkeys(DIMENSIONS, 0) | {"technical": 100}
        basis = {"weights": dict.fromkeys(WEIGHTS, 20), "limits": {}}
        assert reckoning_of(score(learner, 20, basis=basis, **numbers)).total == 20

    def test_a_dimension_that_was_held_down_says_why(self, score, learner):
        numbers = dict.fromkeys(DIMENSIONS, 0)
        basis = {"weights": WEIGHTS, "limits": {"verification": [0, "after a critical fail"]}}
        terms = reckoning_of(score(learner, 0, basis=basis, **numbers)).terms
        assert [term.limit for term in terms if term.limit] == ["at most 0 after a critical fail"]

    def test_the_page_shows_it(self, as_, learner, debriefed):
        session, debrief = debriefed("average")
        page = text(as_(learner).get(at(session)))
        for term in debrief.reckoning.terms:
            assert f'<td class="num">× {term.percent:g} %</td>' in page
        assert f"Rules version {session.assessment.rules_version}." in page


class TestMoments:
    def test_what_decided_for_the_better_is_marked_where_it_was_done(self, debriefed):
        _, debrief = debriefed("careful")
        assert len(of(debrief, "Verified: level low reached.")) == 1
        assert of(debrief, "Protected action, for a caller who had proved it.")
        assert len(of(debrief, "The trouble was over.")) == 1
        assert of(debrief, "The customer tried it, and it worked.") == of(debrief, "The trouble was over.")
        assert any(m.words.startswith("Deciding evidence") for s in debrief.work.own_path for m in s.moments)
        assert of(debrief, "Settled as it should be.") == ["Closed the ticket as resolved."]
        assert not any(step.is_bad for step in debrief.work.own_path)

    def test_what_decided_for_the_worse_says_which_limit_it_set(self, debriefed):
        session, debrief = debriefed("careless")
        lowest = min(cap["limit"] for cap in session.assessment.caps)
        assert of(debrief, f"From here at most {lowest:g} points.")
        assert of(debrief, "Not settled as it should be.") == ["Closed the ticket as resolved."]
        harm = of(debrief, "This did lasting harm.")
        assert harm and all(step.is_bad for step in debrief.work.own_path if step.words in harm)

    def test_no_moment_stands_twice(self, debriefed):
        for style in STYLES:
            _, debrief = debriefed(style)
            for step in debrief.work.own_path:
                assert len(set(step.moments)) == len(step.moments)


class TestMood:
    @pytest.mark.parametrize("style", STYLES)
    def test_patience_is_told_as_it_was(self, debriefed, style):
        session, debrief = debriefed(style)
        felt = debrief.work.feelings
        assert felt[0].patience == session.document.customer.mood.patience
        assert felt[-1].patience == session.state.patience
        assert [f.at for f in felt] == sorted(f.at for f in felt)
        patience = felt[0].patience
        for feeling in felt[1:]:
            assert feeling.causes
            patience += feeling.change
            assert patience == feeling.patience

    def test_the_chart_has_words_and_a_table_beside_it(self, as_, learner, debriefed):
        session, debrief = debriefed("average")
        page = text(as_(learner).get(at(session)))
        assert debrief.work.chart.summary in page
        assert page.count('<th scope="row" class="mono">') == len(debrief.work.feelings)
        assert re.fullmatch(r"M0 \d+(H[\d.]+V\d+)*H100", debrief.work.chart.line)

    def test_a_conversation_without_a_word_has_one(self, score, learner):
        session = score(learner, 0, **dict.fromkeys(DIMENSIONS, 0)).session
        work = debrief_of(session, shows_work=True).work
        assert len(work.feelings) == 1 and work.chart.line.endswith("H100")


class TestExpectation:
    @pytest.fixture
    def guessed(self, play, learner):
        session = play(learner, "average")
        rate_oneself(session_id=session.pk, ratings=EXPECTED, now=NOW)
        assessment = score_session(session_id=session.pk, now=session.finished_at)
        reward(assessment_id=assessment.pk, now=session.finished_at)
        return session

    def test_the_gap_is_said_for_each_dimension(self, as_, learner, guessed):
        page = text(as_(learner).get(at(guessed)))
        for name, expected in EXPECTED.items():
            got = float(getattr(guessed.assessment, name))
            assert f"You expected {expected} for {name.replace('_', ' ')} and got {got:g}." in page
            assert f'aria-label="Expected: {expected}"' in page

    def test_a_coach_sees_it_and_a_manager_does_not(self, as_, api_as, coach, manager, cohort, guessed):
        sentence = "Lena expected 90 for verification"
        assert sentence in text(as_(coach).get(at(guessed)))
        page = text(as_(manager).get(at(guessed)))
        assert "expected" not in page.lower()
        assert (
            api_as(manager).get(f"/api/v1/sessions/{guessed.pk}/assessment").json()["selfAssessment"] is None
        )

    def test_rest_has_it_beside_the_scores(self, api_as, learner, guessed):
        body = api_as(learner).get(f"/api/v1/sessions/{guessed.pk}/assessment").json()
        assert body["selfAssessment"]["responseTime"] == 60
        assert set(body["selfAssessment"]) == {*body["scores"], "createdAt"}

    def test_without_one_there_is_nothing_to_compare(self, as_, api_as, learner, played):
        assert "What you expected" not in text(as_(learner).get(at(played)))
        assert (
            api_as(learner).get(f"/api/v1/sessions/{played.pk}/assessment").json()["selfAssessment"] is None
        )

    @pytest.mark.parametrize(
        ("is_mine", "got", "words"),
        [
            (True, 55.0, "You expected 80 for documentation and got 55."),
            (False, 72.5, "Lena expected 80 for documentation and got 72.5."),
            (True, None, "You expected 80 for documentation, which did not apply."),
        ],
    )
    def test_a_gap_in_words(self, played, is_mine, got, words):
        expectation = Expectation([Gap("documentation", 80, got)])
        context = {"expectation": expectation, "is_mine": is_mine, "session": played}
        assert words in render_to_string("gamification/_expectation.html", context)

    @pytest.mark.parametrize(("got", "is_close"), [(55.0, False), (72.5, True), (90.0, True)])
    def test_ten_points_are_close(self, got, is_close):
        assert Gap("documentation", 80, got).is_close is is_close


class TestRevisions:
    @pytest.fixture
    def revised(self, played):
        Revision.objects.create(
            assessment=played.assessment,
            version=1,
            cause="override",
            reason="Line 4 was a greeting after all.",
            overall_before=79,
            overall_after=84,
            before={},
            revised_at=NOW,
        )
        return played

    def test_both_numbers_stay_with_the_reason(self, as_, api_as, learner, revised):
        page = text(as_(learner).get(at(revised)))
        assert "79 → 84</strong>, decided by a person: Line 4 was a greeting after all." in page
        (told,) = api_as(learner).get(f"/api/v1/sessions/{revised.pk}/assessment").json()["revisions"]
        assert (told["overallBefore"], told["overallAfter"], told["cause"]) == (79, 84, "override")

    def test_the_row_says_that_a_person_decided(self, as_, learner, played):
        rows = played.assessment.criteria
        rows[0] |= {"overridden": True, "by_rule": 12.5}
        Assessment.objects.filter(session=played).update(criteria=rows)
        assert "A person decided here; the rule gave 12.5." in text(as_(learner).get(at(played)))

    def test_it_costs_no_query_for_each(self, as_, learner, revised):
        def queries():
            with CaptureQueriesContext(connection) as found:
                browser.get(at(revised))
            return len(found)

        browser = as_(learner)
        once = queries()
        for version in (2, 3):
            Revision.objects.create(
                assessment=revised.assessment,
                version=version,
                cause="rescore",
                overall_before=84,
                overall_after=85,
                before={},
                revised_at=NOW,
            )
        assert queries() == once <= 15
