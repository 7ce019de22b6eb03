"""Communication: what the customer heard, and when."""

from dataclasses import replace

from assessment.scoring.attempt import Happening
from assessment.scoring.clock import Gap
from assessment.scoring.criterion import Criterion, Ruling, met, missed, not_applicable, part
from assessment.scoring.log import Evidence, event, seq
from assessment.scoring.record import Record
from assessment.scoring.words import contains, contains_any, shows_stress, telling

TENSE = 60  # patience below which a customer wants to be understood first
SOON = 2  # replies in which empathy still answers a feeling
ENOUGH_EMPATHY = 4
QUESTIONS_AT_ONCE = 2
SHORT_WAIT = 20.0  # seconds that need no announcement while the console runs
SOOTHING = (
    "sorry to hear",
    "understand how",
    "i see why",
    "frustrating",
    "annoying",
    "stressful",
    "unpleasant",
    "bad timing",
    "rotten",
    "that must be",
)


class Talk(Criterion):
    dimension = "communication"
    spoken = True


class Greeting(Talk):
    id, title, points = "greeting", "Greeted, and used the customer's name", 10
    aim = "open with a greeting and the customer's name"
    acts, sounds = ("greet",), ("hello", "hi", "good morning", "good afternoon", "welcome", "hey")

    def rule(self, record: Record) -> Ruling:
        opening = {x.seq for x in record.replies[:2]}
        greeted = [seq(n) for n in record.said("greet") if n in opening][:1]
        named = [seq(x.seq) for x in record.fair_replies if contains(x.text, first_name(record))][:1]
        if greeted and named:
            return met("You greeted the customer and called them by name.", greeted + named)
        if greeted:
            return part(f"You greeted, but never said “{first_name(record)}”.", greeted)
        if named:
            return part("You used the name, but did not open with a greeting.", named)
        return missed("There was no greeting and no name.")

    def better(self, record: Record) -> str:
        return (
            f"“Hello {first_name(record)}, you are through to the service desk. I will help you with this.”"
        )


class EmpathyWhenNeeded(Talk):
    id, title, points = "empathy_when_needed", "Answered the feeling when there was one", 15
    aim = "answer the customer's feeling before the next question"
    acts, sounds = ("empathise",), SOOTHING

    def rule(self, record: Record) -> Ruling:
        wanted = feelings(record)
        if not wanted:
            return not_applicable("The customer's mood did not ask for it.")
        given = record.said("empathise")
        answered = [next((n for n in given if n in soon), None) for soon in wanted]
        evidence = [seq(n) for n in dict.fromkeys(answered) if n is not None]
        hit = sum(n is not None for n in answered)
        if hit == len(wanted):
            return met("You answered the customer's feeling before going on.", evidence)
        if hit:
            return part(f"You answered {hit} of {len(wanted)} moments of stress.", evidence)
        return missed("The customer was under stress, and nobody said so.")

    def better(self, record: Record) -> str:
        return f"Name what it means for them: “That is bad timing, {first_name(record)}, with all you have to do today. Let's get it sorted.”"


class EmpathySpecific(Talk):
    id, title, points = "empathy_specific", "Empathy that fits this case, not a formula", 10
    aim = "take up the customer's own words"
    acts, sounds = ("empathise",), SOOTHING

    def rule(self, record: Record) -> Ruling:
        given = record.said("empathise")
        if not given:
            asked_for = feelings(record)
            return (
                missed("No empathy was shown.")
                if asked_for
                else not_applicable("The mood did not ask for it.")
            )
        fitting = [n for n in given if telling(_text(record, n)) & _heard_before(record, n)]
        if fitting and len(given) <= ENOUGH_EMPATHY:
            return met("You took up what the customer had told you.", [seq(n) for n in fitting])
        if fitting:
            return part(f"Fitting words, but {len(given)} times is a habit.", [seq(n) for n in given])
        return part("Kind, but it would fit any ticket.", [seq(n) for n in given[:1]], 0.3)

    def better(self, record: Record) -> str:
        return f"Take up the customer's own words: what they wrote was “{record.world.ticket.opening[:80]}…”."


class Questions(Talk):
    id, title, points = "questions", "At most two questions at a time, none twice", 15
    aim = "ask one or two things at a time, and none twice"

    def rule(self, record: Record) -> Ruling:
        asking = {u.seq: sum(a.startswith(("f_", "id_")) for a, _ in u.acts) for u in record.understood}
        asked = [x for x in record.replies if "?" in x.text or asking.get(x.seq)]
        many = [x.seq for x in asked if max(x.text.count("?"), asking.get(x.seq, 0)) > QUESTIONS_AT_ONCE]
        repeats = record.events("mood", why="repeat_question")
        faults = [seq(n) for n in many] + [record.where(e) for e in repeats if record.is_sure(e)]
        if not asked:
            return not_applicable("You asked nothing.")
        if not faults:
            return met(
                "Your questions came one or two at a time, and none twice.",
                [seq(asked[0].seq), *record.checked()],
            )
        why = "too many questions in one message" if many else "the same question twice"
        if len(faults) == 1:
            return part(f"Once: {why}.", faults)
        return missed(f"{len(faults)} times the customer got {why}.", faults)

    def better(self, record: Record) -> str:
        return "Ask one thing, or two that belong together, and wait for the answer."


class CauseExplained(Talk):
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
        cause = (
            f"“It happened because of this: {record.world.root_cause.say_any[0]}.”"
            if record.goal
            else "“Here is what I found, in short: …”"
        )
        return f"{cause} One sentence, no technical terms, before you say goodbye."


class WaitsAnnounced(Talk):
    id, title, points = "waits_announced", "Waits were announced", 10
    aim = "say how long you need before you let somebody wait"
    acts, sounds = ("hold",), ("one moment", "a moment", "minute", "bear with me", "let me check", "hang on")

    def rule(self, record: Record) -> Ruling:
        waits = [gap for gap in record.gaps if _is_wait(record, gap)]
        if not waits:
            return not_applicable("The customer never had to wait.")
        said = {gap.seq: _announcements(record, gap) for gap in waits}
        announced = [record.where(holds[0]) for holds in said.values() if holds]
        silent = [gap for gap in waits if not said[gap.seq]]
        if not silent:
            return met("You said so before each wait.", announced)
        longest = max(silent, key=lambda gap: gap.end - gap.start)
        unsaid = f"{_length(longest)} before line {longest.seq}"
        lines = [seq(gap.seq) for gap in silent]
        if announced:
            why = f"{len(announced)} of {len(waits)} waits were announced; not announced: {unsaid}."
            return part(why, [*announced, *lines])
        why = f"The customer waited {unsaid} without knowing why ({len(waits)} of {len(waits)} waits)."
        return missed(why, [] if record.perhaps(self.acts, self.sounds) else lines)

    def better(self, record: Record) -> str:
        return "“Give me two minutes, I am looking into your account now.” Then come back within them."


class FixConfirmed(Talk):
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
                "The customer tried it and said that it works.",
                [event(confirmed[0]), record.where(confirmed[0])],
            )
        asked = record.said("confirm_fix")
        if asked and not record.is_fixed:
            return missed("You asked, but it did not work yet.", [seq(asked[-1])])
        if not record.is_fixed:
            return missed("There was no fix that the customer could confirm.", record.resolved)
        if asked:
            return missed("You asked before the last change, and not again after it.", [seq(asked[-1])])
        return missed("Nobody asked the customer whether it works.")

    def better(self, record: Record) -> str:
        return "Ask again after the last change: “Please try it once more while I am here. Does it work now?”"


class Closing(Talk):
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
        known = [x.seq for x in record.fair_replies if contains(x.text, "tkt-")]
        reference = [seq(n) for n in sorted({*record.said("give_ticket"), *known})][-1:]
        if closed and reference:
            return met("You said goodbye and gave the reference.", reference + closed)
        if closed:
            return part("You said goodbye without a reference to come back with.", closed)
        if reference:
            return part("You gave the reference, but no goodbye.", reference)
        return missed("The conversation just stopped.")

    def better(self, record: Record) -> str:
        return f"“Your reference is the ticket number, TKT-…, in case it comes back. Have a good day, {first_name(record)}, bye.”"


def _named_cause(record: Record) -> list[Evidence]:
    """Replies that state the root cause, whatever they were taken for; a question states nothing."""
    phrases = tuple(record.world.root_cause.say_any)
    return [seq(x.seq) for x in record.fair_replies if "?" not in x.text and contains_any(x.text, phrases)]


def feelings(record: Record) -> list[frozenset[int]]:
    """For each moment of stress, the replies in which empathy answers it: the next two.

    Patience that wears away is not seen at once: what was said kindly before counts for it too.
    """
    mood, replies = record.world.customer.mood, [x.seq for x in record.replies]
    stressed = shows_stress(record.world.ticket.opening) or mood.patience < TENSE
    shown = [1] if record.customer and stressed else []
    shown += [e.data["reply"] for e in record.events("feeling") if "reply" in e.data]
    moments = [[n for n in replies if n > start][:SOON] for start in shown]
    worn = next((e for e in record.events("turn") if e.data["patience"] < TENSE <= mood.patience), None)
    if worn and not shown:
        moments.append([n for n in replies if n <= max(worn.data["messages"], default=0) + 2 * SOON])
    return [frozenset(soon) for soon in moments if soon]


def first_name(record: Record) -> str:
    return record.world.customer.name.split()[0]


def _announcements(record: Record, gap: Gap) -> list[Happening]:
    return [e for start, until, e in record.holds if start <= gap.end and until >= gap.start]


def _length(gap: Gap) -> str:
    waited = gap.end - gap.start
    return f"{waited:.0f} seconds" if waited < 120 else f"{waited / 60:.1f} minutes"


def _is_wait(record: Record, gap: Gap) -> bool:
    """Longer than a reply may take; with the console at work, any wait that is felt or was announced."""
    waited = gap.end - gap.start
    if not any(gap.start <= e.at <= gap.end for e in record.events("console")):
        return waited > record.world.time.reply_s
    return waited > SHORT_WAIT or bool(_announcements(record, gap))


def _heard_before(record: Record, number: int) -> frozenset[str]:
    return frozenset().union(
        *(telling(x.text) for x in record.customer if x.seq < number), telling(record.world.ticket.subject)
    )


def _text(record: Record, number: int) -> str:
    line = record.line(number)
    return line.text if line else ""


CRITERIA: tuple[Criterion, ...] = (
    Greeting(),
    EmpathyWhenNeeded(),
    EmpathySpecific(),
    Questions(),
    CauseExplained(),
    WaitsAnnounced(),
    FixConfirmed(),
    Closing(),
)
