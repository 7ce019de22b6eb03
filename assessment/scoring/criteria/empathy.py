"""Communication, where the customer has feelings about it."""

import re
from dataclasses import dataclass

from assessment.scoring.criterion import Criterion, Ruling, Talk, met, missed, not_applicable, part
from assessment.scoring.log import seq
from assessment.scoring.record import Record
from assessment.scoring.terms import first_name
from assessment.scoring.words import contains_any, has_deadline, normal, quote, shows_stress, telling, words
from chat.customer.library import word_list

TENSE = 60  # patience below which a customer wants to be understood first
SOON = 2  # replies in which empathy still answers a feeling
ENOUGH_EMPATHY = 4
STOCK_ANSWER = 0.5  # share that such words earn as an answer to a feeling
FORMULA = 0.3  # share that kind words earn which would fit any ticket
ASSUMED = re.compile(r"\b(?:frustrat|annoy|upset|stress|anger|angry|worr|terribl|awful)\w*", re.IGNORECASE)
FORMAL = frozenset(["good", "morning", "afternoon", "evening", "dear", "welcome", "truly", "completely"])
STEM = 5  # letters that forms of a word share
SMALL = frozenset(
    ["all", "but", "day", "how", "let", "nor", "now", "off", "one", "out", "see", "too", "way", "yes", "yet"]
)
REGRET = re.compile(
    r"\b(?:sorry|apologi[sz]e|apologies|regret)(?: that| about| for| to (?:hear|see|read))* (?:it|you|your|the|this|all|again)\b"
    r"(?!(?: \w+)? (?:delay|wait|waiting|hold|late|slow|silence)\b)"  # of one's own making
)
RETURNED = re.compile(
    r"\b(?:again|(?:second|third|fourth|two|three|four|several) times?|twice|once more|keeps|is back|came back|returned)\b"
)
SHORT_OF_TIME = re.compile(
    r"\b(?:deadline|urgent|can(?:no|')t wait|time is short|little time|no time|short of time|in time|hurry|rush|under pressure|against the clock"
    r"|\d+ minutes|every minute|clock (?:is )?ticking|late)\b"
)
URGENT = re.compile(
    r"\b(?:urgent\w*|asap|deadline|today|tonight|quick\w*|hurry|minutes|at once|right away|now)\b|\d ?o'clock|\d:\d\d"
)
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
    "makes you",
)


class EmpathyWhenNeeded(Talk):
    """All: each moment of stress (the opening, a mood that turned) was answered by one of the next two replies, in words that
    name what the customer said or feels. Half: by words that would fit any ticket. Less: only some of them. The same words a
    second time answer nothing. An impostor who presses is owed none.
    """

    id, title, points = "empathy_when_needed", "Answered the feeling when there was one", 15
    aim = "answer the customer's feeling before the next question"
    acts, sounds = ("empathise",), SOOTHING

    def rule(self, record: Record) -> Ruling:
        wanted = [moment.soon for moment in feelings(record)]
        if not wanted:
            return not_applicable("The customer's mood did not ask for it.")
        given = _fresh(record, kind_lines(record))
        named = [n for n in given if _takes_up(record, n)]
        answers = [_first(soon, named) or _first(soon, given) for soon in wanted]
        found = [n for n in answers if n is not None]
        share = sum(1.0 if n in named else STOCK_ANSWER for n in found) / len(wanted)
        evidence = [seq(n) for n in dict.fromkeys(found)]
        if share == 1:
            return met("You answered the customer's feeling before going on.", evidence)
        if len(found) == len(wanted):
            return part("You answered the feeling, with words that would fit any ticket.", evidence, share)
        if found:
            missing = [seq(n) for n in passed_over(record)]
            why = f"You answered {len(found)} of {len(wanted)} moments of stress."
            return part(why, [*evidence, *missing], share)
        misheard = record.perhaps(self.acts, self.sounds)
        passed = [] if misheard else [seq(n) for n in passed_over(record)]
        return missed("The customer was under stress, and nobody said so.", passed)

    def better(self, record: Record) -> str:
        told = [x.text for x in record.customer if x.seq < min(passed_over(record), default=2)]
        wrote = quote(told[-1] if told else record.world.ticket.opening, 80)
        return f"Name what it means for them, {first_name(record)}'s own words in it. They wrote: “{wrote}”"


class EmpathySpecific(Talk):
    """All: kind words that take up something the customer said, at most four times. Half: more often. Three tenths: a formula.
    Nothing: a formula that is said twice, or one about a feeling that nobody showed.
    """

    id, title, points = "empathy_specific", "Empathy that fits this case, not a formula", 10
    aim = "take up the customer's own words"
    acts, sounds = ("empathise",), SOOTHING

    def rule(self, record: Record) -> Ruling:
        given = kind_lines(record)
        if not feelings(record):
            return self._uncalled_for(record, given)
        if not given:
            return missed("No empathy was shown.")
        fitting = [n for n in given if _takes_up(record, n)]
        if fitting and len(given) <= ENOUGH_EMPATHY:
            return met("You took up what the customer had told you.", [seq(n) for n in fitting])
        if fitting:
            return part(f"Fitting words, but {len(given)} times is a habit.", [seq(n) for n in given])
        if len(_fresh(record, given)) < len(given):
            return missed("The same stock sentence more than once.", [seq(n) for n in given])
        return part("Kind, but it would fit any ticket.", [seq(n) for n in given[:1]], FORMULA)

    def _uncalled_for(self, record: Record, given: list[int]) -> Ruling:
        """Pity for somebody who is calm."""
        assumed = [n for n in given if ASSUMED.search(_text(record, n)) and not _own_words(record, n)]
        if assumed and any(has_deadline(x.text) for x in record.customer if x.seq < assumed[0]):
            return part("Kind, but it would fit any ticket.", [seq(n) for n in assumed[:1]], FORMULA)
        if assumed:
            return missed("Nobody had shown that feeling: a formula.", [seq(n) for n in assumed])
        fitting = [seq(n) for n in given if _takes_up(record, n)]
        if fitting:
            why = "You took up what the customer had told you, though their mood did not ask for it."
            return Ruling(None, why, tuple(fitting))
        return not_applicable("The mood did not ask for it.")

    def better(self, record: Record) -> str:
        return f"Take up the customer's own words: what they wrote was “{record.world.ticket.opening[:80]}…”."


def kind_lines(record: Record) -> list[int]:
    """Seqs of the replies that show understanding, also those that were taken for an apology or a summary."""
    nearly = [n for n in record.said("apologise", "paraphrase") if _is_felt(record, n)]
    return sorted({*record.said("empathise"), *nearly})


def _is_felt(record: Record, number: int) -> bool:
    """Soothing words, or regret about what happened to the customer: "sorry that it locked you out again"."""
    text = _text(record, number)
    return contains_any(text, SOOTHING) or bool(
        REGRET.search(normal(text)) and "?" not in text and _takes_up(record, number)
    )


def passed_over(record: Record) -> list[int]:
    """Seqs of the replies that passed over a feeling that no empathy answered: the first after it that is no mere greeting."""
    given, greeting = set(kind_lines(record)), set(record.said("greet"))
    left = [sorted(moment.after) for moment in feelings(record) if not moment.soon & given]
    return [next((n for n in after if n not in greeting), after[-1]) for after in left if after]


@dataclass(frozen=True)
class Feeling:
    """The replies in which empathy answers it (`soon`), and those of them that came `after` it had shown."""

    soon: frozenset[int]
    after: frozenset[int]


def feelings(record: Record) -> list[Feeling]:
    """For each moment of stress, the replies in which empathy answers it: the next two.

    Towards an impostor only the opening counts: whoever presses is owed calm, not sympathy. Patience that wears away
    is not seen at once: what was said kindly before counts for it too.
    """
    mood, replies = record.world.customer.mood, [x.seq for x in record.replies]
    stressed = shows_stress(record.world.ticket.opening) or mood.patience < TENSE
    shown = [1] if record.customer and stressed else []
    if not record.impostor:
        shown += [e.data["reply"] for e in record.events("feeling") if "reply" in e.data]
    moments = [(start, [n for n in replies if n > start][:SOON]) for start in shown]
    worn = next((e for e in record.events("turn") if e.data["patience"] < TENSE <= mood.patience), None)
    if worn and not shown and not record.impostor:
        seen = max(worn.data["messages"], default=0)
        moments.append((seen, [n for n in replies if n <= seen + 2 * SOON]))
    return [
        Feeling(frozenset(soon), frozenset(n for n in soon if n > start)) for start, soon in moments if soon
    ]


def _fresh(record: Record, lines: list[int]) -> list[int]:
    """Without those that say what another said before, word for word."""
    first = {" ".join(words(_text(record, n))): n for n in reversed(lines)}
    return sorted(first.values())


def _own_words(record: Record, number: int) -> frozenset[str]:
    """Words of a line that are no part of a greeting, a name or a formula."""
    return (
        frozenset(w for w in telling(_text(record, number)) if len(w) > 3)
        - FORMAL
        - telling(record.world.customer.name)
    )


def _takes_up(record: Record, number: int) -> bool:
    """Whether a line names something that the customer had told: a word of theirs, that it is back, or that time is short."""
    mine, told = _text(record, number), [x.text for x in record.customer if x.seq < number]
    heard = frozenset().union(*map(_bits, (*told, record.world.ticket.subject)))
    heard -= _bits(record.world.customer.name)
    if any(_are_alike(a, b) for a in _bits(mine) for b in heard):
        return True
    both = [(RETURNED, RETURNED), (SHORT_OF_TIME, URGENT)]
    return any(
        mine_is.search(normal(mine)) and any(theirs.search(normal(x)) for x in told)
        for mine_is, theirs in both
    )


def _bits(text: str) -> frozenset[str]:
    """Telling words, compounds in their parts: "lock-out" is "lock"."""
    bits = frozenset(bit for word in telling(text) for bit in word.split("-") if len(bit) >= 3)
    return bits - word_list("empty") - SMALL


def _are_alike(one: str, other: str) -> bool:
    """Whether they are one word, or forms of it: "lock" and "locked", "presentation" and "presenting"."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= STEM - 1 and long.startswith(short[:STEM]))


def _first(soon: frozenset[int], lines: list[int]) -> int | None:
    return next((n for n in lines if n in soon), None)


def _text(record: Record, number: int) -> str:
    line = record.line(number)
    return line.text if line else ""


CRITERIA: tuple[Criterion, ...] = (EmpathyWhenNeeded(), EmpathySpecific())
