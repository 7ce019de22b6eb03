"""What cannot both be true, as far as a program can tell: the rest is for the author's eyes."""

import re
from collections.abc import Iterator
from itertools import combinations

from scenarios.world.checks.leaks import words
from scenarios.world.checks.problem import Problem, Problems
from scenarios.world.document import Caller, Directory, Fact, World

NEGATIONS = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nothing",
        "cannot",
        "cant",
        "dont",
        "doesnt",
        "didnt",
        "isnt",
        "wasnt",
        "wont",
        "havent",
        "hasnt",
    ]
)
SAME_WORDS = 4  # so many words in common, and nothing but a "not" or a number between them
SYSTEMS = {
    "windows": ("windows",),
    "macos": ("macos", "macbook", "imac"),
    "linux": ("linux", "ubuntu", "fedora"),
    "android": ("android",),
    "ios": ("ios", "iphone", "ipad", "ipados"),
}
INTRODUCED = re.compile(r"\b(?:my name is|my name's|i am called) ([A-Z][\w'-]+)", re.IGNORECASE)
NUMBERED = re.compile(r"([A-Z]{1,4})-?\d{3,}")  # an employee id or an asset tag


def caller_agrees_with_the_record(world: World) -> Problems:
    """An honest caller may lack a value but has no other one; an impostor has nothing that gets fixed."""
    record, caller = world.identity.directory, world.identity.caller
    if world.customer.name != record.name:
        yield Problem("customer.name", f"the record says '{record.name}'")
    if world.customer.impostor:
        if world.fixed:
            yield Problem("fixed", "an impostor has no trouble that could be over")
        return
    for field in sorted(Caller.model_fields.keys() & Directory.model_fields.keys()):
        said, recorded = getattr(caller, field), getattr(record, field)
        if said is not None and said != recorded:
            yield Problem(
                f"identity.caller.{field}",
                f"says '{said}', the record '{recorded}'; only an impostor contradicts it",
            )


def the_customer_is_who_the_record_says(world: World) -> Problems:
    """No other name, employee id or asset tag of the same form comes from the customer."""
    own = words(world.customer.name)
    identity = world.identity
    known = {
        v for side in (identity.directory, identity.caller) for v in vars(side).values() if isinstance(v, str)
    }
    forms = {found[1] for value in known if (found := NUMBERED.fullmatch(value))}
    for path, text in _said(world):
        for found in INTRODUCED.finditer(text):
            if found[1].casefold() not in own:
                yield Problem(path, f"the customer is {world.customer.name}, not '{found[1]}'")
        for found in NUMBERED.finditer(text):
            if found[1] in forms and found[0] not in known:
                yield Problem(path, f"'{found[0]}' looks like one of the customer's own numbers and is none")


def the_device_is_the_one_on_record(world: World) -> Problems:
    """Asked about the device, the customer names no other operating system than the record does."""
    if world.asset is None:
        return
    recorded = {
        name for name, terms in SYSTEMS.items() if any(term in words(world.asset.os) for term in terms)
    }
    for name, fact in world.facts.items():
        said = {system for system, terms in SYSTEMS.items() if any(term in words(fact.say) for term in terms)}
        if recorded and "f_device" in fact.ask and said and not said & recorded:
            yield Problem(f"facts.{name}.say", f"names another system than the asset's '{world.asset.os}'")


def facts_agree_with_each_other(world: World) -> Problems:
    """No two facts that can hold at once differ only in a "not" or in a number."""
    facts = [(name, fact, words(fact.say)) for name, fact in world.facts.items()]
    for (one, first, said), (other, second, also) in combinations(facts, 2):
        if _can_hold_at_once(first, second) and (how := _difference(said, also)):
            yield Problem(f"facts.{other}.say", f"contradicts the fact '{one}': they differ only in {how}")


def _difference(one: list[str], other: list[str]) -> str:
    """What alone tells two texts apart, "" if they are the same or differ in more."""
    plain, also = ([word for word in said if word not in NEGATIONS] for said in (one, other))
    if plain == also and len(plain) >= SAME_WORDS and len(one) != len(other):
        return "a 'not'"
    bare, too = ([re.sub(r"\d+", "0", word) for word in said] for said in (one, other))
    return "a number" if bare == too and one != other and len(one) >= SAME_WORDS else ""


def _can_hold_at_once(one: Fact, other: Fact) -> bool:
    return all(other.when.get(name, value) == value for name, value in one.when.items())


def _said(world: World) -> Iterator[tuple[str, str]]:
    """What the customer writes of their own accord or when asked."""
    yield from (
        ("ticket.opening", world.ticket.opening),
        ("customer.persona.about", world.customer.persona.about),
    )
    for name, fact in world.facts.items():
        if fact.holder != "tool":
            yield f"facts.{name}.say", fact.say
        if fact.instead:
            yield f"facts.{name}.instead", fact.instead
    yield from ((f"beliefs.{name}.say", belief.say) for name, belief in world.beliefs.items())
    yield from ((f"beats.{name}.say", beat.say) for name, beat in world.beats.items() if beat.say)
