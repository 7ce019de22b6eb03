"""Rating oneself: five numbers before the score is seen, kept for good, and never afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.errors import Conflict, Missing, Unprocessable
from assessment.models import Assessment, SelfAssessment
from assessment.self_assessment import may_rate, rate_oneself, see_score
from chat.models import Session
from chat.services import abandon, start_session
from tests.conftest import NOW

EXPECTED = {
    "verification": 90,
    "technical": 70,
    "communication": 80,
    "documentation": 85,
    "response_time": 60,
}


@pytest.fixture
def finished(finish, learner, open_catalogue):
    """`finished()`: closed, not scored yet; `finished(72)`: scored too. As a page would read it."""

    def finished(overall=None, **rest) -> Session:
        made = finish(learner, open_catalogue["vpn-will-not-connect"], overall, **rest)
        return Session.objects.get(pk=made.pk)

    return finished


@pytest.mark.parametrize("overall", [None, 72])
@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_it_is_kept_before_the_score_is_seen(finished, overall, mode):
    session = finished(overall, mode=mode)
    assert may_rate(session)

    rate_oneself(session_id=session.pk, ratings=EXPECTED, now=NOW)

    assert SelfAssessment.objects.get(session=session).dimensions == EXPECTED
    assert not may_rate(Session.objects.get(pk=session.pk))


def test_once_it_is_seen_it_is_too_late(finished):
    session = finished(72)
    see_score(session_id=session.pk, now=NOW)

    with pytest.raises(Conflict, match="shown already"):
        rate_oneself(session_id=session.pk, ratings=EXPECTED, now=NOW)
    assert not SelfAssessment.objects.exists()
    assert not may_rate(Session.objects.get(pk=session.pk))


def test_the_same_numbers_again_change_nothing_and_others_are_refused(finished):
    session = finished(72)
    first = rate_oneself(session_id=session.pk, ratings=EXPECTED, now=NOW)
    see_score(session_id=session.pk, now=NOW)

    again = rate_oneself(session_id=session.pk, ratings=EXPECTED, now=NOW + timedelta(hours=1))
    assert again.created_at == first.created_at
    with pytest.raises(Conflict, match="rated yourself already"):
        rate_oneself(session_id=session.pk, ratings=EXPECTED | {"technical": 75}, now=NOW)
    assert SelfAssessment.objects.get().technical == 70


@pytest.mark.parametrize("value", [-1, 101, 62.5, "80", None, True])
def test_each_number_is_whole_and_from_0_to_100(finished, value):
    session = finished()
    with pytest.raises(Unprocessable) as refused:
        rate_oneself(session_id=session.pk, ratings=EXPECTED | {"documentation": value}, now=NOW)
    assert set(refused.value.details) == {"documentation"}
    assert not SelfAssessment.objects.exists()


def test_all_five_are_needed(finished):
    with pytest.raises(Unprocessable) as refused:
        rate_oneself(session_id=finished().pk, ratings={"technical": 50}, now=NOW)
    assert set(refused.value.details) == {*EXPECTED} - {"technical"}


def test_a_session_without_an_end_has_nothing_to_rate(learner, open_catalogue):
    session = start_session(
        learner=learner, scenario=open_catalogue["vpn-will-not-connect"], mode="exam", now=NOW
    )
    with pytest.raises(Conflict, match="close the ticket first"):
        rate_oneself(session_id=session.pk, ratings=EXPECTED, now=NOW)
    abandon(session_id=session.pk, now=NOW)
    with pytest.raises(Conflict, match="ended without a score"):
        see_score(session_id=session.pk, now=NOW)
    with pytest.raises(Missing):
        see_score(session_id=uuid4(), now=NOW)
    assert not Assessment.objects.exists()


def test_the_first_sight_counts(finished):
    session = finished(72)
    for minutes in (0, 5):
        see_score(session_id=session.pk, now=NOW + timedelta(minutes=minutes))
    assert Assessment.objects.get(session=session).seen_at == NOW


def test_who_declines_before_it_is_scored_is_not_asked_again_and_the_score_is_still_owed(finished):
    session = finished()
    see_score(session_id=session.pk, now=NOW)
    assert not may_rate(Session.objects.get(pk=session.pk))
    assert Assessment.objects.due(NOW).filter(session=session).exists()
