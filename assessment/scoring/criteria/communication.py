"""Communication: what the customer heard, and when."""

import re
from dataclasses import replace

from assessment.scoring.criteria.waiting import WaitsAnnounced
from assessment.scoring.criterion import Criterion, Ruling, Talk, met, missed, not_applicable, part
from assessment.scoring.deeds import towards_goal
from assessment.scoring.log import Evidence, event, seq
from assessment.scoring.record import Record
from assessment.scoring.terms import cause_in_words, first_name
from assessment.scoring.words import contains, contains_any, normal, telling

# The number of a ticket, whole or as somebody shortens it after the word.
NUMBER = re.compile(
    r"\btkt\W?\d|\b\d{8}-\d+|\b(?:ticket|ref\w*|number|no)\b\W+(?:\w+\W+){0,3}?#?\d{4,}", re.IGNORECASE
)
OBJECTIONS = (
    "not_done_yet",
    "bye_unhappy",
)  # the customer's moves that answer a goodbye that comes too early
# What makes a sentence a statement, also in a line that was taken for an instruction.
STATES = re.compile(
    r"\b(?:because|caused?|due to|turns out|the reason|(?:i|we) (?:think|believe|suspect))\b", re.IGNORECASE
)
TITLES = "mr|mister|mrs|ms|miss|mx|dr|doctor|prof|professor|sir|madam"


class Greeting(Talk):
    """All: a greeting in the first two messages, and the customer's name: the first name in any, the last name with a title
    in any or without one in those two. Half: one of them.
    """

    id, title, points = "greeting", "Greeted, and used the customer's name", 10
    aim = "open with a greeting and the customer's name"
    acts, sounds = ("greet",), ("hello", "hi", "good morning", "good afternoon", "welcome", "hey")

    def rule(self, record: Record) -> Ruling:
        heard = record.said("greet")
        greeted = [
            seq(x.seq)
            for x in record.replies[:2]
            if x.seq in heard or normal(x.text).startswith(tuple(f"{word} " for word in self.sounds))
        ][:1]
        opening = record.replies[:2]
        named = [
            seq(x.seq) for x in record.fair_replies if _names_them(record, x.text, opening=x in opening)
        ][:1]
        if greeted and named:
            return met("You greeted the customer and called them by name.", greeted + named)
        if greeted:
            return part(f"You greeted, but never said “{first_name(record)}” or their last name.", greeted)
        if named:
            return part("You used the name, but did not open with a greeting.", named)
        return missed("There was no greeting and no name.")

    def better(self, record: Record) -> str:
        return (
            f"“Hello {first_name(record)}, you are through to the service desk. I will help you with this.”"
        )


class CauseExplained(Talk):
    """All: the right cause, in words that the customer knows. Half: the right cause in technical terms, named in words that
    we did not take for an explanation, or before anything had shown it.
    """

    id, title, points = "cause_explained", "Explained the cause in plain words", 15
    aim = "say in one plain sentence why it happened"
    acts = ("explain_cause",)

    def rule(self, record: Record) -> Ruling:
        if record.impostor:
            return not_applicable("There is no cause to explain to this caller.")
        told = [e for e in record.events("explained") if record.cause(e) not in record.injected]
        right = [e for e in told if e.data["right"]]
        jargon = {record.cause(e) for e in record.events("jargon")}
        if not right:
            return self._not_heard(record, [record.where(e) for e in told])
        plain = [e for e in right if record.cause(e) not in jargon]
        if record.world.critical_facts() and not record.knows_any(before=right[-1].number):
            return part(
                "The right cause, named before anything had shown it: a guess.", [record.where(right[-1])]
            )
        if plain:
            return met("The customer now knows why it happened.", [record.where(plain[0])])
        return part("The right cause, in words a newcomer does not know.", [record.where(right[0])])

    def _not_heard(self, record: Record, wrong: list[Evidence]) -> Ruling:
        if named := _named_cause(record):
            why = "You named the cause, but we did not take it as an explanation."
            return replace(part(why, named), misread=True)
        if wrong:
            return missed("What you gave as the cause was not it.", wrong)
        return missed("The customer never heard why it happened.")

    def better(self, record: Record) -> str:
        clause = cause_in_words(record) if record.goal else ""
        if clause:
            return (
                f"“It happened because {clause}.” One sentence, no technical terms, before you say goodbye."
            )
        return "Say in one sentence what was behind it and what that did, without technical terms, before you say goodbye."


class FixConfirmed(Talk):
    """All: the customer tried it and said that it works, and it still did at the end."""

    id, title, points = "fix_confirmed", "The customer confirmed that it works, and it does", 15
    aim = "have the customer try it before you close"
    acts, sounds = (
        ("confirm_fix",),
        ("does it work", "working now", "is it ok now", "all good", "try again", "try it"),
    )

    def rule(self, record: Record) -> Ruling:
        if not record.wants_confirmation or record.goal == "escalation":
            return not_applicable("There was no fix to confirm.")
        confirmed = record.events("confirmed")
        if confirmed and not record.is_fixed:
            changed = record.events("action", changed=True)[-1:]
            return missed("It worked, until something was changed after that.", [event(e) for e in changed])
        if confirmed:
            return met(
                "The customer tried it after the last change, and told you how it went: as it should.",
                [event(confirmed[0]), record.where(confirmed[0])],
            )
        asked = [
            u.seq
            for u in record.understood
            if record.is_plain(u, "confirm_fix") and u.seq not in record.injected
        ]
        if asked and not record.is_fixed:
            return missed("You asked, but it did not work yet.", [seq(asked[-1])])
        if not record.is_fixed and towards_goal(record):
            return missed("Nobody had the customer try it after what was changed.", record.resolved)
        if not record.is_fixed:
            return missed("There was no fix that the customer could confirm.", record.resolved)
        if asked:
            return missed("You asked before the last change, and not again after it.", [seq(asked[-1])])
        return missed("Nobody asked the customer whether it works.")

    def better(self, record: Record) -> str:
        return "Ask again after the last change: “Please try it once more while I am here. Does it work now?”"


class Closing(Talk):
    """All: a goodbye and the ticket's reference. Half: one of them. Nothing where the customer had objected that it was not
    settled, and it was not.
    """

    id, title, points = "closing", "Closed the conversation with a reference", 10
    aim = "end with the reference and a goodbye"
    acts, sounds = (
        ("close", "give_ticket"),
        ("bye", "goodbye", "take care", "reference", "ticket number", "have a good"),
    )

    def rule(self, record: Record) -> Ruling:
        if record.state.left == "hangup" and record.impostor:
            return not_applicable("The caller hung up.")
        closed = [seq(n) for n in record.said("close")][-1:]
        reference = [seq(x.seq) for x in record.fair_replies if NUMBER.search(x.text)][-1:]
        if closed and _is_too_early(record):
            return missed("You said goodbye while it was not settled, and the customer said so.", closed)
        if closed and reference:
            return met("You said goodbye and gave the reference.", reference + closed)
        if closed:
            return part("You said goodbye without a reference to come back with.", closed)
        if reference:
            return part("You gave the reference, but no goodbye.", reference)
        return missed("The conversation just stopped.")

    def better(self, record: Record) -> str:
        if _is_too_early(record):
            return "Stay until it works for them, or say who goes on with it and when they hear from them. Then say goodbye."
        if record.impostor:
            return "“I have to decline this, and I am ending our conversation here. Goodbye.”"
        return f"“Your reference is the ticket number, TKT-…, in case it comes back. Have a good day, {first_name(record)}, bye.”"


def _names_them(record: Record, text: str, *, opening: bool) -> bool:
    """By the first name, or "Mr Drummond"; "Good day Drummond" only in the opening, since last names are words as well."""
    last = re.escape(normal(record.world.customer.name.split()[-1]))
    titled = rf"\b(?:{TITLES})\.? (?:\w+ )?{last}\b"
    return contains(text, first_name(record)) or bool(
        re.search(rf"\b{last}\b" if opening else titled, normal(text))
    )


def _is_too_early(record: Record) -> bool:
    """The last goodbye met an objection, and rightly: the end was not reached, or reached by luck."""
    ended = (record.goal and record.is_founded) or (record.is_right_but_untold and not record.is_blind)
    last = max(record.said("close"), default=0)
    turns = [e for e in record.events("turn") if any(u.seq == last for u in record.turn_of(e))]
    return not ended and any(move[0] in OBJECTIONS for e in turns for move in e.data["moves"])


def _named_cause(record: Record) -> list[Evidence]:
    """Replies that state the root cause: in its words, or as an explanation in another order; a question states nothing."""
    phrases = tuple(record.world.root_cause.say_any)
    ways = [way for phrase in phrases if (way := telling(phrase))]
    explaining = record.said("explain_cause")
    instructing = {u.seq for u in record.understood if u.acts and all(a.startswith("a_") for a, _ in u.acts)}
    stated = [
        x
        for x in record.fair_replies
        if "?" not in x.text and (x.seq not in instructing or STATES.search(x.text))
    ]
    return [
        seq(x.seq)
        for x in stated
        if contains_any(x.text, phrases)
        or (x.seq in explaining and any(way <= telling(x.text) for way in ways))
    ]


CRITERIA: tuple[Criterion, ...] = (
    Greeting(),
    CauseExplained(),
    WaitsAnnounced(),
    FixConfirmed(),
    Closing(),
)
