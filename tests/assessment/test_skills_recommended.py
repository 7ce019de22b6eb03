"""Where to go next: what is due, at the right height, never the same cause twice, and a doubtful caller now and then."""

from datetime import timedelta
from itertools import count, pairwise

import pytest

from assessment.models import LearnerSkill, ScenarioSkill
from assessment.selectors import recommended
from assessment.skills.choosing import ONE_IN, Candidate, choose, is_turn_for_doubt
from chat.services import start_session
from tests.assessment.hidden import hidden_words
from tests.assessment.many import twins
from tests.conftest import NOW

DAY = timedelta(days=1)
FIRST, SECOND, IMPOSTOR = "locked-out-monday", "prints-vanish", "new-phone-urgent"


def open_one(slug: str, **traits) -> Candidate:
    usual = {"cause": slug, "category": "software", "skills": frozenset({"document"}), "expected": 0.7}
    return Candidate(slug=slug, **{**usual, **traits})


def chosen(*candidates: Candidate, **rest) -> str:
    return choose(candidates, **rest).slug


class TestChoosing:
    def test_what_is_due_comes_first(self):
        due = open_one("due", due=("vpn",), expected=0.9)

        assert chosen(open_one("fitting"), due) == "due"

    def test_of_what_is_due_the_one_at_the_right_height(self):
        easy = open_one("easy", due=("vpn", "document"), expected=0.9)
        hard = open_one("hard", due=("vpn",), expected=0.5)

        assert chosen(easy, hard, open_one("right", due=("vpn",), expected=0.72)) == "right"
        assert chosen(easy, hard) == "easy"

    def test_the_same_cause_never_comes_twice_in_a_row(self):
        again = open_one("again", cause="dns", due=("vpn",))

        assert chosen(again, open_one("other", expected=0.1), last_cause="dns") == "other"

    def test_the_same_cause_is_better_than_nothing(self):
        assert chosen(open_one("again", cause="dns"), last_cause="dns") == "again"

    def test_kinds_take_turns(self):
        assert chosen(open_one("same"), open_one("new", category="access"), last_category="software") == "new"

    def test_what_is_new_comes_before_what_is_done(self):
        assert chosen(open_one("done", is_completed=True), open_one("new")) == "new"

    def test_a_doubtful_caller_comes_when_it_is_their_turn_alone(self):
        doubtful = open_one("doubtful", skills=frozenset({"social_engineering"}), due=("vpn",))

        assert chosen(doubtful, open_one("plain"), doubt=False) == "plain"
        assert chosen(open_one("plain", due=("vpn",)), doubtful, doubt=True) == "doubtful"

    def test_one_in_six_is_doubtful_at_places_that_differ(self):
        turns = [n for n in range(60 * ONE_IN) if is_turn_for_doubt("Lena", n)]

        assert len(turns) == 60
        assert {n // ONE_IN for n in turns} == set(range(60))
        assert {n % ONE_IN for n in turns} == set(range(ONE_IN))
        assert len({after - before for before, after in pairwise(turns)}) > ONE_IN
        assert turns != [n for n in range(60 * ONE_IN) if is_turn_for_doubt("Otto", n)]


@pytest.fixture
def somebody(make_person):
    """`somebody(doubt=True)`: a person whose turn it is, or is not, for a doubtful caller after so many exams."""

    def somebody(*, doubt: bool = False, exams: int = 1):
        people = (make_person(f"Person{number}") for number in count())
        return next(each for each in people if is_turn_for_doubt(str(each.pk), exams) == doubt)

    return somebody


def know(person, scenario, rating: float, *, due: timedelta = DAY) -> None:
    """Five attempts at each skill of the scenario."""
    for skill in scenario.skills:
        LearnerSkill.objects.update_or_create(
            user=person, skill=skill, defaults={"rating": rating, "attempts": 5, "due_at": NOW + due}
        )


def test_a_beginner_begins_at_the_beginning(learner, open_catalogue):
    found = recommended(learner, now=NOW)

    assert found.scenario.slug == FIRST
    assert found.reason == "It is the next starter scenario that you have not completed."


def test_practice_leaves_a_beginner_one(learner, open_catalogue, finish):
    finish(learner, open_catalogue[FIRST], 90, mode="practice")
    assert recommended(learner, now=NOW).scenario.slug == SECOND

    for scenario in open_catalogue.values():
        finish(learner, scenario, 90, mode="practice")
    assert "take it as an exam" in recommended(learner, now=NOW).reason


def test_what_runs_comes_first(learner, open_catalogue, finish):
    finish(learner, open_catalogue[FIRST], 90)
    start_session(learner=learner, scenario=open_catalogue[IMPOSTOR], mode="exam", now=NOW)

    found = recommended(learner, now=NOW)
    assert found.scenario.slug == IMPOSTOR
    assert found.reason == "You have begun it: its customer is waiting for you."


def test_what_is_locked_never_comes(somebody, scenarios, finish):
    learner = somebody(doubt=True)
    scenarios[FIRST].prerequisites.clear()
    finish(learner, scenarios[FIRST], 30, outcome="")

    assert scenarios[IMPOSTOR].prerequisites.exists()
    assert recommended(learner, now=NOW).scenario.slug == SECOND


def test_a_due_skill_is_the_reason(somebody, open_catalogue, finish):
    learner = somebody(exams=2)
    finish(learner, open_catalogue[FIRST], 80, at=NOW - 9 * DAY)
    finish(learner, open_catalogue[SECOND], 80, at=NOW - 2 * DAY)
    know(learner, open_catalogue[FIRST], 0.0, due=-DAY)

    found = recommended(learner, now=NOW)
    assert found.scenario.slug == FIRST
    assert (
        found.reason
        == "“Accounts” is due for practice, and this one is neither too easy nor too hard for you."
    )


def test_without_anything_due_the_right_height_is_the_reason(somebody, open_catalogue, finish):
    learner = somebody()
    finish(learner, open_catalogue[FIRST], 80, at=NOW - DAY)
    know(learner, open_catalogue["vpn-will-not-connect"], 0.9)

    found = recommended(learner, now=NOW)
    assert found.reason.startswith("It is neither too easy nor too hard for you: about ")
    assert 65 <= float(found.reason.split("about ")[1].split()[0]) <= 80


def test_what_others_showed_about_a_scenario_counts(somebody, open_catalogue, finish):
    """All starters but one turned out to be hopeless, and so is what is harder."""
    learner = somebody()
    finish(learner, open_catalogue[IMPOSTOR], 80, at=NOW - DAY)
    for scenario in open_catalogue.values():
        hard = -1 if scenario.slug == SECOND else 4
        for skill in scenario.skills:
            ScenarioSkill.objects.create(scenario=scenario, skill=skill, difficulty=hard)

    assert recommended(learner, now=NOW).scenario.slug == SECOND


def test_the_last_cause_does_not_come_again(somebody, open_catalogue, finish):
    learner = somebody()
    played = open_catalogue[FIRST]
    finish(learner, played, 30, outcome="")
    know(learner, played, 0.0, due=-DAY)

    assert recommended(learner, now=NOW).scenario.slug != FIRST


def test_a_doubtful_caller_comes_without_being_announced(somebody, open_catalogue, finish):
    learner = somebody(doubt=True)
    finish(learner, open_catalogue[FIRST], 90, at=NOW - DAY)
    know(learner, open_catalogue[IMPOSTOR], 1.7, due=-DAY)

    found = recommended(learner, now=NOW)
    assert found.scenario.slug == IMPOSTOR
    telling = ("impostor", "engineering", "refuse", "doubt", "caller", *hidden_words(found.scenario))
    assert [word for word in telling if word.lower() in found.reason.lower()] == []


def test_of_a_finished_catalogue_the_reason_names_the_best_score(somebody, open_catalogue, finish):
    learner = somebody(exams=6)
    for number, scenario in enumerate(open_catalogue.values()):
        finish(learner, scenario, 90, at=NOW - (number + 1) * DAY)
        know(learner, scenario, 6.0)

    assert recommended(learner, now=NOW).reason == "Your best here is 90: there is more in it."


def test_it_is_the_same_when_asked_again(learner, open_catalogue, finish):
    for slug in (FIRST, SECOND):
        finish(learner, open_catalogue[slug], 80)

    assert recommended(learner, now=NOW) == recommended(learner, now=NOW)


def test_nothing_open_nothing_recommended(learner):
    assert recommended(learner, now=NOW) is None


def test_it_costs_the_same_for_few_and_many(learner, open_catalogue, finish, django_assert_num_queries):
    finish(learner, open_catalogue[FIRST], 80)
    know(learner, open_catalogue[FIRST], 0.5)
    with django_assert_num_queries(7):
        recommended(learner, now=NOW)
    for twin in twins(open_catalogue[FIRST], range(30)):
        finish(learner, twin, 80)
    with django_assert_num_queries(7):
        recommended(learner, now=NOW)


def test_a_briefing_does_not_tell_that_the_caller_is_doubtful(as_, api_as, learner, open_catalogue):
    scenario = open_catalogue[IMPOSTOR]
    page = as_(learner).get(f"/catalogue/{IMPOSTOR}/").content.decode().lower()

    assert "social engineering" not in page and "refuse" not in page
    assert api_as(learner).get(f"/api/v1/scenarios/{scenario.pk}").json()["skills"] == [
        "verify_identity",
        "report_security",
        "document",
    ]
