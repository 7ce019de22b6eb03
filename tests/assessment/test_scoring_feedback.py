"""What a learner takes away."""

import pytest

from assessment.scoring import score
from tests.assessment import golden


@pytest.mark.parametrize("play", golden.ALL)
def test_at_most_three_best_moments_and_three_next_actions(play):
    feedback = score(play()).feedback

    assert len(feedback["best"]) <= 3
    assert len(feedback["next"]) <= 3
    assert feedback["goal"].startswith("Next time: ")


def test_a_next_action_quotes_the_learner_and_says_it_better():
    attempt = golden.vpn_poor()
    written = [line.text for line in attempt.lines if line.sender == "user"]
    written += [*attempt.resolution["documentation"].values(), attempt.resolution["reason"]]

    for action in score(attempt).feedback["next"]:
        assert action["better"]
        assert action["quote"]
        assert all(part in written for part in action["quote"].split(" / "))


def test_the_goal_is_what_weighed_most():
    attempt = golden.vpn_stuffing()

    assert score(attempt).feedback["goal"] == "Next time: prove who is calling before you change anything."


def test_praise_needs_points():
    card = score(golden.vpn_to_the_grader())

    assert all(moment["criterion"] != "abuse" for moment in card.feedback["best"])
