"""There are words for when things do not go as the author thought."""

from scenarios.world.checks.problem import Problem, Problems
from scenarios.world.document import World


def actions_have_words_for_failure(world: World) -> Problems:
    for name, action in world.actions.items():
        if action.pre and not action.on_pre_fail:
            yield Problem(f"actions.{name}", "has a precondition, so it needs on_pre_fail: what is seen then")
        if action.needs_help_if and not action.help:
            yield Problem(f"actions.{name}", "has needs_help_if, so it needs help: how the customer asks")


def withheld_facts_have_other_words(world: World) -> Problems:
    """Who does not trust yet says something else; only a customer can."""
    for name, fact in world.facts.items():
        if bool(fact.trust_min) != bool(fact.instead):
            yield Problem(f"facts.{name}", "needs both trust_min and instead, or none of them")
        elif fact.trust_min and not (fact.holder == "customer" and fact.ask):
            yield Problem(f"facts.{name}.trust_min", "only what the customer is asked for can be withheld")


def retry_shows_whether_it_works(world: World) -> Problems:
    if world.retry is None:
        return
    action = world.actions.get(world.retry)
    if action is None or action.who != "customer":
        yield Problem("retry", f"there is no action of the customer named '{world.retry}'")
    elif not any(effect.otherwise and effect.say for effect in action.effects):
        yield Problem(f"actions.{world.retry}.effects", "need an else branch that says how it still fails")
    elif not all(effect.say for effect in action.effects):
        yield Problem(f"actions.{world.retry}.effects", "need say in every branch: what the customer sees")
