"""Communication, where the customer has feelings about it."""

import re

from assessment.scoring.criterion import Criterion, Ruling, Talk, met, missed, not_applicable, part
from assessment.scoring.log import seq
from assessment.scoring.record import Record
from assessment.scoring.terms import first_name
from assessment.scoring.words import contains_any, has_deadline, shows_stress, telling, words

TENSE = 60  # patience below which a customer wants to be understood first
SOON = 2  # replies in which empathy still answers a feeling
ENOUGH_EMPATHY = 4
FORMULA = 0.3  # share that kind words earn which would fit any ticket
ASSUMED = re.compile(r"\b(?:frustrat|annoy|upset|stress|anger|angry|worr|terribl|awful)\w*", re.IGNORECASE)
FORMAL = frozenset(["good", "morning", "afternoon", "evening", "dear", "welcome", "truly", "completely"])
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
    """All: each moment of stress (the opening, a mood that turned) was answered by one of the next two replies. Half: some
    of them. The same words a second time answer nothing. An impostor who presses is owed none.
    """

    id, title, points = "empathy_when_needed", "Answered the feeling when there was one", 15
    aim = "answer the customer's feeling before the next question"
    acts, sounds = ("empathise",), SOOTHING

    def rule(self, record: Record) -> Ruling:
        wanted = feelings(record)
        if not wanted:
            return not_applicable("The customer's mood did not ask for it.")
        given = _fresh(record, kind_lines(record))
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
    nearly = [n for n in record.said("apologise", "paraphrase") if contains_any(_text(record, n), SOOTHING)]
    return sorted({*record.said("empathise"), *nearly})


def unanswered(record: Record) -> list[frozenset[int]]:
    """The moments of stress that no empathy answered."""
    given = set(kind_lines(record))
    return [soon for soon in feelings(record) if not soon & given]


def feelings(record: Record) -> list[frozenset[int]]:
    """For each moment of stress, the replies in which empathy answers it: the next two.

    Towards an impostor only the opening counts: whoever presses is owed calm, not sympathy. Patience that wears away
    is not seen at once: what was said kindly before counts for it too.
    """
    mood, replies = record.world.customer.mood, [x.seq for x in record.replies]
    stressed = shows_stress(record.world.ticket.opening) or mood.patience < TENSE
    shown = [1] if record.customer and stressed else []
    if not record.impostor:
        shown += [e.data["reply"] for e in record.events("feeling") if "reply" in e.data]
    moments = [[n for n in replies if n > start][:SOON] for start in shown]
    worn = next((e for e in record.events("turn") if e.data["patience"] < TENSE <= mood.patience), None)
    if worn and not shown and not record.impostor:
        moments.append([n for n in replies if n <= max(worn.data["messages"], default=0) + 2 * SOON])
    return [frozenset(soon) for soon in moments if soon]


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
    return bool(telling(_text(record, number)) & _heard_before(record, number))


def _heard_before(record: Record, number: int) -> frozenset[str]:
    """What the customer had told, without their name: anybody may use that."""
    told = [telling(x.text) for x in record.customer if x.seq < number]
    return frozenset().union(*told, telling(record.world.ticket.subject)) - telling(
        record.world.customer.name
    )


def _text(record: Record, number: int) -> str:
    line = record.line(number)
    return line.text if line else ""


CRITERIA: tuple[Criterion, ...] = (EmpathyWhenNeeded(), EmpathySpecific())
