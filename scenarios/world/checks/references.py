"""Every name that a document uses exists, and can be used that way."""

import re
from collections.abc import Iterator
from typing import Any

from scenarios.world.checks.problem import Problem, Problems
from scenarios.world.document import Action, Fact, World
from scenarios.world.state import FACTORS, POSSESSION

_GENERIC = """
    greet ask_problem empathise apologise thank paraphrase hold explain_cause set_expectation confirm_fix
    anything_else give_ticket close escalate refuse_policy inform_done ask_permission
    id_name id_username id_employee id_asset id_manager id_phone id_callback id_code
    f_error f_when f_changes f_frequency f_network f_scope f_impact f_device f_tried f_screen
    a_restart a_restart_app a_sign_out_in a_reconnect a_check_cable a_other_way a_update a_send_evidence
    a_selfservice ask_password disclose abusive injection offtopic
"""
GENERIC_ACTS = frozenset(_GENERIC.split())  # understood in every scenario
PHRASES_PER_ACT = 15
WAYS = {"customer": ("ask", "volunteer"), "device": ("observe",), "tool": ("tool",)}


def facts_can_be_earned(world: World) -> Problems:
    """Every fact has exactly one way to be earned, and it fits its holder."""
    for name, fact in world.facts.items():
        ways = [way for way in ("ask", "volunteer", "observe", "tool") if getattr(fact, way)]
        fitting = WAYS[fact.holder]
        if len(ways) != 1 or ways[0] not in fitting:
            yield Problem(
                f"facts.{name}",
                f"is held by the {fact.holder}, so it needs {' or '.join(fitting)} and nothing else; "
                f"it has {' and '.join(ways) or 'none'}",
            )
        yield from _source_exists(world, name, fact)
        yield from _questions_are_heard(world, f"facts.{name}.ask", fact.ask)


def _source_exists(world: World, name: str, fact: Fact) -> Problems:
    if fact.tool and fact.tool not in world.tools:
        yield Problem(f"facts.{name}.tool", f"there is no tool named '{fact.tool}'")
    if fact.observe and not _customers(world, fact.observe):
        yield Problem(f"facts.{name}.observe", f"there is no action of the customer named '{fact.observe}'")


def _questions_are_heard(world: World, path: str, asked: list[str]) -> Problems:
    for act in asked:
        if not act.startswith("f_") and act != "ask_problem":
            yield Problem(path, f"'{act}' is no question; questions begin with f_")
        elif doing := world.action_for(act):
            yield Problem(path, f"'{act}' already makes the customer do '{doing}'")
        elif not _understood(world, act):
            yield Problem(path, _unknown(act))


def actions_can_be_done(world: World) -> Problems:
    """The customer's actions have an instruction of their own, the learner's a place and a label."""
    for name, action in world.actions.items():
        if name in world.tools or name in POSSESSION:
            yield Problem(f"actions.{name}", "has the name of a tool; names of tools and actions must differ")
        if action.who == "customer":
            yield from _can_be_told(world, name, action)
        elif not (action.tool and action.label):
            yield Problem(f"actions.{name}", "is done in the console, so it needs tool and label")


def _can_be_told(world: World, name: str, action: Action) -> Problems:
    act, path = action.intent, f"actions.{name}.intent"
    if not act:
        yield Problem(path, "is missing: the act that asks the customer to do this")
    elif not act.startswith(("a_", "f_")) or act == "f_screen":
        yield Problem(path, f"'{act}' is answered in another way; instructions begin with a_")
    elif not _understood(world, act):
        yield Problem(path, _unknown(act))
    elif (first := world.action_for(act)) != name:
        yield Problem(path, f"'{act}' already makes the customer do '{first}'")


def own_acts_are_learnable(world: World) -> Problems:
    """An act of the scenario's own has a use, a proper name and enough example phrases."""
    used = {act for fact in world.facts.values() for act in fact.ask}
    used |= {act for belief in world.beliefs.values() for act in belief.ask}
    used |= {action.intent for action in world.actions.values() if action.intent} | set(world.actions)
    for act, phrases in world.nlu.extra_phrases.items():
        if act in GENERIC_ACTS:
            continue
        path, count = f"nlu.extra_phrases.{act}", len(set(phrases))
        if not act.startswith(("a_", "f_")):
            yield Problem(path, "an act begins with a_ (an instruction) or f_ (a question)")
        if act not in used:
            yield Problem(path, "no fact is asked and no action is told by this act")
        if count < PHRASES_PER_ACT:
            yield Problem(path, f"has {count} different phrases; it needs {PHRASES_PER_ACT}")


def own_acts_can_be_asked_back(world: World) -> Problems:
    """A customer who is not sure says each own act in other words: "do you mean ... or ...?"."""
    own = world.nlu.extra_phrases.keys() - GENERIC_ACTS
    for act in sorted(own - world.nlu.asked_as.keys()):
        yield Problem("nlu.asked_as", f"'{act}' is missing: how the customer would put it in a question")
    for act in sorted(world.nlu.asked_as.keys() - own):
        yield Problem(f"nlu.asked_as.{act}", "is no act of this scenario's own")


def beliefs_can_be_heard(world: World) -> Problems:
    for name, belief in world.beliefs.items():
        path = f"beliefs.{name}.ask"
        if not belief.ask:
            yield Problem(path, "is missing: the question that brings it up")
        yield from _questions_are_heard(world, path, belief.ask)


def blanks_are_filled(world: World) -> Problems:
    """`{name}` in a text is drawn from `values`, or it would be read as it stands."""
    for path, text in _strings(world.model_dump(by_alias=True), ""):
        for blank in re.findall(r"\{[a-z_][\w+-]*\}", text):
            yield Problem(path, f"'{blank}' has no values; a date is written as {{today-14d}}")


def values_are_parallel(world: World) -> Problems:
    if len({len(column) for column in world.values.values()}) > 1:
        yield Problem("values", "are parallel lists: each needs the same number of entries")


def _strings(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _strings(inner, f"{path}.{i}")


def policy_names_known_factors(world: World) -> Problems:
    for level in ("low", "high"):
        for rule in getattr(world.identity.policy, level):
            path = f"identity.policy.{level}"
            for factor in sorted(set(rule.of) - set(FACTORS)):
                yield Problem(path, f"'{factor}' is no factor; known are {', '.join(FACTORS)}")
            if rule.any > len(set(rule.of)):
                yield Problem(path, f"asks for {rule.any} of {len(set(rule.of))} factors")


def notes_mention_known_facts(world: World) -> Problems:
    for i, mention in enumerate(world.documentation.must_mention):
        path = f"documentation.must_mention.{i}"
        if not (mention.id or mention.fact):
            yield Problem(path, "needs an id or a fact")
        elif mention.fact and mention.fact not in world.facts:
            yield Problem(path, f"there is no fact named '{mention.fact}'")


def _customers(world: World, name: str) -> bool:
    return name in world.actions and world.actions[name].who == "customer"


def _understood(world: World, act: str) -> bool:
    return act in GENERIC_ACTS or act in world.nlu.extra_phrases


def _unknown(act: str) -> str:
    return f"nobody understands '{act}': give it {PHRASES_PER_ACT} phrases under nlu.extra_phrases"
