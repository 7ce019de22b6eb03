"""A score is the learner's: whoever puts the customer's words changes nothing of it."""

from dataclasses import replace
from random import Random

import pytest

from assessment.scoring import score
from assessment.services.scoring import attempt_of
from chat.services import start_session
from gamification.demo.analyst import Analyst, scripts
from tests.chat.endpoint import reworded
from tests.conftest import NOW


@pytest.mark.parametrize("slug", ["vpn-will-not-connect", "locked-out-monday", "prints-vanish"])
def test_the_same_attempt_is_worth_the_same_in_other_words(learner, scenarios, articles, slug):
    scenarios[slug].prerequisites.clear()
    for manner in scripts(slug):
        session = start_session(
            learner=learner, scenario=scenarios[slug], mode="exam", now=NOW, seed=7, variant="usual"
        )
        Analyst(session, pace=30, dice=Random(7)).play(scripts(slug)[manner])
        session.refresh_from_db()
        told = attempt_of(session)
        lines = tuple(replace(ln, text=reworded(ln.text)) if ln.sender == "ai" else ln for ln in told.lines)
        one, other = score(told), score(replace(told, lines=lines))
        assert one.overall == other.overall, manner
        assert [(c.id, c.status) for c in one.criteria] == [(c.id, c.status) for c in other.criteria]
