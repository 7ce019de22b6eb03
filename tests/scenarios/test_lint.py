"""One broken document per rule: what an author gets to read."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenarios import proving
from scenarios.reading import read_document
from scenarios.world.checks.leaks import overlap
from scenarios.world.document import World
from scenarios.world.lint import lint

ROOT = Path(__file__).parents[2]
PACK = sorted((ROOT / "scenarios/pack").glob("*.yaml"))

Document = dict[str, Any]

# A small sound document: a lamp that is off because its plug is loose.
SOUND: Document = {
    "schema": "helpdesk-scenario/1",
    "id": "dark-lamp",
    "title": "The dark lamp",
    "summary": "A colleague sits in the dark.",
    "difficulty": "starter",
    "category": "hardware",
    "xp_reward": 60,
    "skills": ["probe_history"],
    "time": {"target_min": 10},
    "ticket": {
        "subject": "Dark",
        "opening": "hello, my lamp is dark",
        "arrives": {"category": "software", "impact": "low", "urgency": "low"},
        "expected": {"category": "hardware", "impact": "low", "urgency": "medium"},
    },
    "customer": {"name": "Nils Berg"},
    "identity": {
        "directory": {
            "name": "Nils Berg",
            "username": "nberg",
            "employee_id": "E11111",
            "asset_tag": "LP-0007",
            "department": "Post room",
            "manager": "Alva Storm",
            "phone_on_file": "+61 491 570 737",
        },
        "caller": {"name": "Nils Berg", "employee_id": "E11111", "manager": "Alva Storm"},
        "policy": {
            "low": [{"any": 2, "of": ["employee_id", "manager"]}],
            "high": [{"any": 1, "of": ["callback"]}],
        },
    },
    "state": {"plug": "loose", "lamp": "dark", "fuse": "in"},
    "fixed": {"lamp": "bright"},
    "retry": "switch_on",
    "facts": {
        "symptom": {"holder": "customer", "volunteer": "opening", "say": "it is dark"},
        "cleaner": {
            "holder": "customer",
            "ask": ["f_changes"],
            "critical": True,
            "say": "somebody hoovered here last night",
        },
        "wobble": {
            "holder": "device",
            "observe": "look_plug",
            "critical": True,
            "say": "it wobbles in the wall",
        },
        "meter": {"holder": "tool", "tool": "power_meter", "say": "Socket 12: no load since 19:30."},
    },
    "tools": {"power_meter": {"label": "Power meter"}},
    "actions": {
        "look_plug": {"who": "customer", "intent": "a_check_cable"},
        "push_plug": {
            "who": "customer",
            "intent": "a_push",
            "needs_help_if": {"tech": "novice"},
            "help": "push what",
            "pre": {"plug": "loose"},
            "on_pre_fail": "it sits tight already",
            "effects": {"plug": "tight"},
        },
        "switch_on": {
            "who": "customer",
            "intent": "a_reconnect",
            "effects": [
                {"if": {"plug": "tight"}, "set": {"lamp": "bright"}, "say": "light!"},
                {"else": True, "say": "still nothing"},
            ],
        },
        "pull_fuse": {
            "who": "learner",
            "tool": "fuse_box",
            "label": "Pull the fuse",
            "effects": {"fuse": "out"},
            "harmful": "major",
        },
    },
    "root_cause": {"id": "loose_plug", "say_any": ["plug was loose"]},
    "goals": {
        "resolved": {
            "all": {"lamp": "bright", "verified": "low"},
            "not": {"fuse": "out"},
            "customer_confirmed": True,
            "facts_min": 2,
        }
    },
    "fail": [{"fuse": "out"}, {"hangup": True}],
    "documentation": {"must_mention": [{"fact": "wobble", "any": ["wobbles"]}]},
    "knowledge": {"right": "lamps"},
    "nlu": {
        "extra_phrases": {"a_push": [f"push the plug in, wording {n}" for n in range(15)]},
        "asked_as": {"a_push": "push the plug in"},
    },
}

Change = Callable[[Document], Any]


def problems(change: Change) -> list[str]:
    """What lint says about the sound document after one change."""
    document = copy.deepcopy(SOUND)
    change(document)
    return [str(problem) for problem in lint(World.model_validate(document))]


def put(path: str, value: Any) -> Change:
    """Sets one place of the document, as in `facts.wobble.say`."""
    *parents, last = path.split(".")

    def change(document: Document) -> None:
        for name in parents:
            document = document[name]
        document[last] = value

    return change


def test_a_sound_document_has_no_problems():
    assert problems(lambda document: None) == []


@pytest.mark.parametrize("path", PACK, ids=lambda path: path.stem)
def test_the_scenarios_of_the_pack_are_sound(path):
    document = read_document(path.read_text(encoding="utf-8"))
    report = proving.prove_document(document, only=set(proving.STAGES))
    assert [str(finding) for finding in report.findings] == []
    assert document.world.id == path.stem
    articles = {article.stem for article in (ROOT / "knowledge/pack").glob("*.md")}
    for world in document.worlds.values():
        assert 8 <= len(world.facts) <= 30
        assert len(world.critical_facts()) >= 3
        assert {world.knowledge.right, *world.knowledge.red_herrings} <= articles
        assert set(world.prerequisites) <= {other.stem for other in PACK}


REFERENCES = {
    "a fact of the customer is asked or volunteered": (
        put("facts.cleaner.ask", []),
        "facts.cleaner: is held by the customer, so it needs ask or volunteer and nothing else; it has none",
    ),
    "a fact has one way only": (
        put("facts.cleaner.tool", "power_meter"),
        "facts.cleaner: is held by the customer, so it needs ask or volunteer and nothing else; "
        "it has ask and tool",
    ),
    "a fact of the device needs the customer to look": (
        put("facts.wobble", {"holder": "device", "ask": ["f_error"], "critical": True, "say": "it wobbles"}),
        "facts.wobble: is held by the device, so it needs observe and nothing else; it has ask",
    ),
    "the looking exists": (
        put("facts.wobble.observe", "look_lamp"),
        "facts.wobble.observe: there is no action of the customer named 'look_lamp'",
    ),
    "the looking is the customer's": (
        put("facts.wobble.observe", "pull_fuse"),
        "facts.wobble.observe: there is no action of the customer named 'pull_fuse'",
    ),
    "the tool exists": (
        put("facts.meter.tool", "oscilloscope"),
        "facts.meter.tool: there is no tool named 'oscilloscope'",
    ),
    "a fact is asked by a question": (
        put("facts.cleaner.ask", ["greet"]),
        "facts.cleaner.ask: 'greet' is no question; questions begin with f_",
    ),
    "a question that makes the customer act earns nothing else": (
        lambda d: (
            put("actions.look_plug.intent", "f_error")(d),
            put("facts.cleaner.ask", ["f_changes", "f_error"])(d),
        ),
        "facts.cleaner.ask: 'f_error' already makes the customer do 'look_plug'",
    ),
    "a question is understood": (
        put("facts.cleaner.ask", ["f_cleaning"]),
        "facts.cleaner.ask: nobody understands 'f_cleaning': give it 15 phrases under nlu.extra_phrases",
    ),
    "an instruction is understood": (
        put("actions.look_plug.intent", "a_peek"),
        "actions.look_plug.intent: nobody understands 'a_peek': give it 15 phrases under nlu.extra_phrases",
    ),
    "the customer has to be told": (
        put("actions.look_plug.intent", None),
        "actions.look_plug.intent: is missing: the act that asks the customer to do this",
    ),
    "an instruction is one": (
        put("actions.look_plug.intent", "confirm_fix"),
        "actions.look_plug.intent: 'confirm_fix' is answered in another way; instructions begin with a_",
    ),
    "an instruction asks for one thing": (
        put("actions.switch_on.intent", "a_check_cable"),
        "actions.switch_on.intent: 'a_check_cable' already makes the customer do 'look_plug'",
    ),
    "an action of the console has its place": (
        put("actions.pull_fuse.tool", None),
        "actions.pull_fuse: is done in the console, so it needs tool and label",
    ),
    "an action of the console has a label": (
        put("actions.pull_fuse.label", None),
        "actions.pull_fuse: is done in the console, so it needs tool and label",
    ),
    "tools and actions have different names": (
        put("tools.pull_fuse", {"label": "Fuse list"}),
        "actions.pull_fuse: has the name of a tool; names of tools and actions must differ",
    ),
    "an own act has enough phrases": (
        put("nlu.extra_phrases.a_push", ["push it"] * 20),
        "nlu.extra_phrases.a_push: has 1 different phrases; it needs 15",
    ),
    "an own act has a use": (
        put("nlu.extra_phrases.a_pull", [f"pull it, wording {n}" for n in range(15)]),
        "nlu.extra_phrases.a_pull: no fact is asked and no action is told by this act",
    ),
    "policy knows its factors": (
        put("identity.policy.high", [{"any": 1, "of": ["shoe_size"]}]),
        "identity.policy.high: 'shoe_size' is no factor; known are name, username, employee_id, asset_tag, "
        "manager, phone_on_file, callback, push_code, department",
    ),
    "policy can be met": (
        put("identity.policy.high", [{"any": 2, "of": ["callback"]}]),
        "identity.policy.high: asks for 2 of 1 factors",
    ),
    "notes mention facts that exist": (
        put("documentation.must_mention", [{"fact": "bulb", "any": ["bulb"]}]),
        "documentation.must_mention.0: there is no fact named 'bulb'",
    ),
    "notes mention something": (
        put("documentation.must_mention", [{"any": ["bulb"]}]),
        "documentation.must_mention.0: needs an id or a fact",
    ),
}

POSSIBLE = {
    "a condition is about the state": (put("fixed", {"bulb": "new"}), "fixed: 'bulb' is not in the state"),
    "a precondition is about the state": (
        put("actions.push_plug.pre", {"wall": "there"}),
        "actions.push_plug.pre: 'wall' is not in the state",
    ),
    "a fail is about the state": (
        put("fail", [{"house": "burnt"}]),
        "fail.0: 'house' is not in the state",
    ),
    "an effect is on the state": (
        put("actions.pull_fuse.effects", {"fuse": "out", "house": "dark"}),
        "actions.pull_fuse.effects: 'house' is not in the state",
    ),
    "a goal can be reached": (
        put("goals.resolved.all", {"lamp": "green"}),
        "goals.resolved.all: nothing ever makes 'lamp' become 'green'",
    ),
    "true is not 1": (
        lambda d: (put("state.fuse", 1)(d), put("fail", [{"fuse": True}])(d)),
        "fail.0: nothing ever makes 'fuse' become 'True'",
    ),
    "a level of verification exists": (
        put("goals.resolved.all", {"lamp": "bright", "verified": "medium"}),
        "goals.resolved.all: verified is one of none, low, high, not 'medium'",
    ),
    "the trouble is there at the opening": (
        put("fixed", {"lamp": "dark"}),
        "fixed: holds already when the ticket opens",
    ),
    "nothing has failed at the opening": (
        put("fail", [{"fuse": "in"}]),
        "fail.0: holds already when the ticket opens",
    ),
    "a hand-over names its team": (
        put("goals.resolved.all", {"escalated": True}),
        "goals.resolved: is a hand-over, so escalated must name the team",
    ),
    "a hand-over goes to the team of the escalation": (
        put("goals.resolved.all", {"escalated": "lamp-l2"}),
        "goals.resolved: hands over to 'lamp-l2', but escalation.team is 'service-desk-lead'",
    ),
    "a confirmation needs something to try": (
        put("retry", None),
        "goals.resolved: asks for the customer's confirmation, which needs fixed and retry",
    ),
    "a goal asks for evidence that exists": (
        put("goals.resolved.facts_min", 3),
        "goals.resolved: asks for 3 critical facts; there are 2",
    ),
    "the customer has the name on record": (
        put("customer.name", "Nils Bergh"),
        "customer.name: the record says 'Nils Berg'",
    ),
    "an honest caller agrees with the record": (
        put("identity.caller.manager", "Someone Else"),
        "identity.caller.manager: says 'Someone Else', the record 'Alva Storm'; only an impostor contradicts it",
    ),
    "an impostor has no trouble": (
        put("customer.impostor", True),
        "fixed: an impostor has no trouble that could be over",
    ),
    "a precondition has words for when it fails": (
        put("actions.push_plug.on_pre_fail", None),
        "actions.push_plug: has a precondition, so it needs on_pre_fail: what is seen then",
    ),
    "a customer who needs help asks for it": (
        put("actions.push_plug.help", None),
        "actions.push_plug: has needs_help_if, so it needs help: how the customer asks",
    ),
    "the retry exists": (
        put("retry", "shout"),
        "retry: there is no action of the customer named 'shout'",
    ),
    "the retry has words for failure": (
        put(
            "actions.switch_on.effects",
            [{"if": {"plug": "tight"}, "set": {"lamp": "bright"}, "say": "light!"}],
        ),
        "actions.switch_on.effects: need an else branch that says how it still fails",
    ),
    "the retry has words for success": (
        put(
            "actions.switch_on.effects",
            [{"if": {"plug": "tight"}, "set": {"lamp": "bright"}}, {"else": True, "say": "still nothing"}],
        ),
        "actions.switch_on.effects: need say in every branch: what the customer sees",
    ),
}

LEAKS = {
    "the opening keeps a fact to itself": (
        put("ticket.opening", "hello, somebody hoovered here last week and now it is dark"),
        "ticket.opening: gives the fact 'cleaner' away: 'somebody hoovered here last'",
    ),
    "another fact does not tell it": (
        put("facts.meter.say", "Note by the porter: it wobbles in the wall."),
        "facts.meter.say: gives the fact 'wobble' away: 'it wobbles in the'",
    ),
    "the answer to an action does not tell it": (
        put("actions.push_plug.on_pre_fail", "It wobbles, in the wall!"),
        "actions.push_plug.on_pre_fail: gives the fact 'wobble' away: 'it wobbles in the'",
    ),
    "a short fact is one value": (
        lambda d: (put("facts.wobble.say", "E-0815")(d), put("ticket.subject", "Lamp says e 0815")(d)),
        "ticket.subject: gives the fact 'wobble' away: 'e 0815'",
    ),
    "the title does not name the cause": (
        put("title", "The plug was loose"),
        "title: gives the cause away: 'plug was loose'",
    ),
    "the customer does not name the cause": (
        put("facts.cleaner.say", "i bet the plug was loose"),
        "facts.cleaner.say: gives the cause away: 'plug was loose'",
    ),
    "history does not name the cause": (
        put("history", [{"days_ago": 9, "subject": "Dark", "resolution": "Plug was loose"}]),
        "history.0.resolution: gives the cause away: 'plug was loose'",
    ),
    "the summary does not prove who is calling": (
        put("summary", "A colleague of Alva Storm sits in the dark."),
        "summary: gives the customer's manager away: 'alva storm'",
    ),
    "a quirk does not prove who is calling": (
        put("customer.persona", {"quirks": ["signs as E11111"]}),
        "customer.persona.quirks.0: gives the customer's employee_id away: 'e11111'",
    ),
    "the number on record stays on record": (
        put("ticket.opening", "ring me on +61 491 570 737"),
        "ticket.opening: gives the customer's phone_on_file away: '61 491 570 737'",
    ),
}


@pytest.mark.parametrize(("change", "message"), REFERENCES.values(), ids=REFERENCES.keys())
def test_what_a_document_names_exists(change, message):
    assert message in problems(change)


@pytest.mark.parametrize(("change", "message"), POSSIBLE.values(), ids=POSSIBLE.keys())
def test_what_a_document_promises_can_happen(change, message):
    assert message in problems(change)


@pytest.mark.parametrize(("change", "message"), LEAKS.values(), ids=LEAKS.keys())
def test_nothing_is_given_away(change, message):
    assert message in problems(change)


def test_a_tool_may_show_the_cause():
    assert problems(put("facts.meter.say", "Socket 12: plug was loose.")) == []


def test_what_is_volunteered_may_be_read():
    assert problems(put("summary", "A colleague says: it is dark.")) == []


def test_an_honest_caller_may_lack_a_value():
    assert problems(put("identity.caller.employee_id", None)) == []


def test_an_impostor_may_contradict_the_record():
    messages = problems(
        lambda d: (put("customer.impostor", True)(d), put("identity.caller.manager", "Someone Else")(d))
    )
    assert not any(message.startswith("identity.caller") for message in messages)


def test_overlap_ignores_case_punctuation_and_apostrophes():
    assert overlap("It's MINE, all mine!", "no, its mine - all mine", 4) == "its mine all mine"
    assert overlap("three short words", "three short") == ""
