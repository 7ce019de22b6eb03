"""What a learner did beside talking, in words."""

import pytest

from gamification.debriefing.wording import TOLD


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"category": "network"}, "Set the category to Network."),
        (
            {"urgency": "high", "impact": "low"},
            "Set the impact to Low. Set the urgency to High.",
        ),
        ({"status": "pending"}, "Set the ticket to waiting for the customer."),
        (
            {"category": "access", "status": "open"},
            "Set the category to Access. Set the ticket to open again.",
        ),
    ],
)
def test_a_change_of_the_ticket_is_told_by_the_names_that_stand_on_the_desk(changed, said):
    assert TOLD["triage"](changed) == said
