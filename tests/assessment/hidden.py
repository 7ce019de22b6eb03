"""What of a scenario must never reach a learner beforehand."""

import json
from typing import Any

from scenarios.models import Scenario


def hidden_words(scenario: Scenario) -> list[str]:
    """Facts, cause, identity, what actions do, and what the notes are marked by."""
    world = scenario.current_version.world()
    facts = [fact.say for fact in world.facts.values() if fact.volunteer != "opening"]
    actions = [action.say for action in world.actions.values() if action.say]
    actions += [effect.say for action in world.actions.values() for effect in action.effects if effect.say]
    record = world.identity.directory
    identity = [record.employee_id, record.asset_tag, record.manager, record.phone_on_file, record.username]
    cause = [world.root_cause.id, *world.root_cause.say_any]
    rubric = [world.knowledge.right, "must_mention", "mustMention", "rootCause", "root_cause", "impostor"]
    return [word for word in (*facts, *actions, *identity, *cause, *rubric) if word]


def assert_nothing_hidden(scenario: Scenario, answer: Any) -> None:
    """`answer` is an answer of the API."""
    said = json.dumps(answer, ensure_ascii=False)
    assert [word for word in hidden_words(scenario) if json.dumps(word)[1:-1] in said or word in said] == []
