"""The debrief's story agrees with the ticket: one clock, and the level with what was marked."""

import pytest

from assessment.self_assessment import see_score
from assessment.services import score_session
from gamification.debriefing import debrief_of
from gamification.debriefing.log import Log
from gamification.debriefing.moments import moments
from tests.conftest import NOW


@pytest.fixture
def session(play, learner):
    session = play(learner, "careful")
    see_score(session_id=session.pk, now=NOW)
    score_session(session_id=session.pk, now=session.finished_at)
    session.refresh_from_db()
    return session


def levels(log):
    """What is told of the levels reached."""
    found = moments(log, log.session.assessment)
    return [m.words for each in found.values() for m in each if m.words.startswith("Verified")]


def test_a_step_has_the_time_of_its_line_in_the_transcript(session):
    work = debrief_of(session, shows_work=True).work
    lines = {line.anchor: line.clock for line in work.transcript}

    assert len(work.own_path) > 5
    assert all(lines[step.anchor] == step.clock for step in work.own_path)


def test_the_page_shows_one_clock(session, as_, learner):
    page = as_(learner).get(f"/sessions/{session.pk}/debrief/").content.decode()
    line = debrief_of(session, shows_work=True).work.transcript[-1]

    assert page.count(f">{line.clock}</time>") >= 2


def test_a_level_that_was_marked_is_told_alone(session):
    assert levels(Log(session)) == ["Verified: level low reached."]


def test_a_level_that_was_never_marked_is_told_with_what_the_ticket_said(session):
    log = Log(session)
    log.events = [e for e in log.events if e.kind != "verification"]

    assert levels(log) == [
        "Verified: level low reached. You never marked what proved it, so the ticket said “Not verified”."
    ]
