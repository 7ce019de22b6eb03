"""Documentation: what the next analyst needs, and true against the log."""

from abc import abstractmethod

from assessment.scoring.attempt import Happening
from assessment.scoring.criterion import Criterion, Penalty, Ruling, met, missed, not_applicable, part
from assessment.scoring.log import event
from assessment.scoring.notes.reading import Notes
from assessment.scoring.notes.told import Told, lacks
from assessment.scoring.record import Record
from assessment.scoring.terms import TOPICS, label, listed, topic, unproved
from assessment.scoring.words import words
from scenarios.world.document import Mention
from scenarios.world.state import critical_earned

SECRET_LIMIT = 40.0  # at most, with a secret in the notes
FALSE_CLAIM = 15.0
INVENTED = 3  # false claims from which on notes are made up
FOUND_OUT = (
    "cause",
    "place",
    "request",
    "symptom",
    "signs",
    "change",
    "approval",
)  # points that are known by asking
RANKS = {"high": 2, "medium": 1, "low": 0}


class Documented(Criterion):
    dimension = "documentation"

    def rule(self, record: Record) -> Ruling:
        return self.notes(record, Told(record))

    @abstractmethod
    def notes(self, record: Record, told: Told) -> Ruling: ...


class RequiredPoints(Documented):
    """The share of the points that the scenario wants written, where the log bears them out. A repair that did harm which
    the notes leave out is no point, and no confirmation either.
    """

    id, title, points = "required_points", "What the next analyst needs, and true", 60
    aim = "write down what the next analyst needs, as it happened"

    def notes(self, record: Record, told: Told) -> Ruling:
        wanted = record.world.documentation.must_mention
        if not wanted:
            return not_applicable("This ticket asks for nothing in particular.")
        there = [p for p in wanted if told.of(p) == "true"]
        why = f"{len(there)} of {len(wanted)} points are written and true. {lacks(told.points)}".rstrip()
        why += self._instead(record, told.notes)
        if told.hidden and told.hidden not in why:
            why += f" The notes leave out {told.hidden}."
        seen = [event(e) for p in there if p.fact for e in record.events("fact", fact=p.fact)[:1]]
        return Ruling(len(there) / len(wanted), why, (*record.resolved, *seen) if there else ())

    @staticmethod
    def _instead(record: Record, notes: Notes) -> str:
        """What the notes call done, beside what was done."""
        if notes.unsaid_harm and notes.calls_done:
            return f" The notes call it done and leave out {_named(record, notes.unsaid_harm)}, which does lasting harm."
        if notes.in_vain:
            return f" The notes call it done; what was done is {_named(record, notes.in_vain)}."
        return ""

    def better(self, record: Record) -> str:
        told = Told(record)
        wanted = told.unwritten() or record.world.documentation.must_mention
        known = [topic(record, p) for p in wanted if told.can_tell(p)]
        said = f"Write what you saw and did in this session: {', '.join(known)}." if known else ""
        return f"{said} {_first(record, [p for p in wanted if not told.can_tell(p)])}".strip()


class Structure(Documented):
    """A fifth each for symptom, cause, action, verification and confirmation, each in three words or more about this case or true
    as the point that the scenario wants, borne out by the log, no pile of keywords and no copy of another.
    """

    id, title, points = "structure", "Symptom, cause, action, verification and confirmation", 20
    aim = "note symptom, cause, action, verification and test"

    def notes(self, record: Record, told: Told) -> Ruling:
        parts = told.parts
        there = [part_ for part_, state in parts.items() if state in ("true", "beside")]
        lacking = {part_: state for part_, state in parts.items() if part_ not in there}
        why = lacks(lacking) or "All five parts are written."
        return Ruling(len(there) / len(parts), why, tuple(record.resolved) if there else ())

    def better(self, record: Record) -> str:
        checked = unproved(record) or TOPICS["verification"]
        if critical_earned(record.world, record.state) or not record.world.critical_facts():
            return (
                f"One sentence each: what was seen, why, what was done, {checked}, how the result was tested."
            )
        return f"One sentence each: what was seen, what was done, {checked}, how the result was tested. First find out why."


class Triage(Documented):
    """Half each for the category and the priority. All where they arrived right and were left so."""

    id, title, points = "triage", "Category and priority set rightly", 10
    aim = "set category and priority from what you learn"

    def notes(self, record: Record, told: Told) -> Ruling:
        expected, chosen = record.world.ticket.expected, record.attempt.triage
        changes = [
            event(e) for e in record.events("triage") if set(e.data) & {"category", "impact", "urgency"}
        ]
        if not changes and expected == record.world.ticket.arrives:
            why = "The ticket arrived with the right category and priority, and you left it so."
            return met(why, [*record.resolved, *record.checked()])
        if not changes:
            return missed(f"The ticket kept the triage it arrived with; it is {self.wanted(record)}.")
        right = [
            chosen.get("category") == expected.category,
            priority(chosen) == priority(expected.model_dump()),
        ]
        wanted = self.wanted(record)
        if all(right):
            return met(f"Set to {wanted}.", changes)
        had = f"{chosen.get('category')}, {priority(chosen)}"
        return (
            part(f"You set {had}; it is {wanted}.", changes)
            if any(right)
            else missed(f"You set {had}; it is {wanted}.", changes)
        )

    def wanted(self, record: Record) -> str:
        expected = record.world.ticket.expected
        return f"{expected.category}, {priority(expected.model_dump())}"

    def better(self, record: Record) -> str:
        return "Ask how many are affected and what it holds up: impact and urgency follow, and the category names the cause, not the complaint."


class NothingSecret(Documented):
    """All: no password and no full phone number in any note. With one the dimension counts at most 40."""

    id, title, points = "nothing_secret", "No secret and no full personal data in the notes", 10
    aim = "keep secrets and full personal data out of the notes"

    def notes(self, record: Record, told: Told) -> Ruling:
        notes = told.notes
        if notes.secrets:
            return missed(f"The notes hold {' and '.join(notes.secrets)}.", record.resolved)
        if not words(notes.everything):
            return not_applicable("Nothing was written.")
        return met("Nothing in the notes would harm if it were read.", [*record.resolved, *record.checked()])

    def better(self, record: Record) -> str:
        return "Write how you verified (“two items matched”), never the values; no password ever belongs in a ticket."


class FalseClaims(Penalty):
    """For each fact that was never seen and each kind of claim that the log denies: verified, called back, confirmed, works,
    reported, declined, handed over, restarted, sent, looked at, done, changed.
    """

    id, title, dimension = "false_claims", "Claims that the log denies (−15 each)", "documentation"
    aim = "write only what the log bears out"
    worst = -100.0

    def rule(self, record: Record) -> Ruling:
        claimed = Notes(record).false_claims
        if claimed:
            why = f"The notes claim what did not happen: {'; '.join(claimed)}."
            return Ruling(0.0, why, tuple(record.resolved), lost=min(-self.worst, FALSE_CLAIM * len(claimed)))
        return Ruling(
            1.0, "Nothing in the notes is denied by the log.", (*record.resolved, *record.checked())
        )

    def better(self, record: Record) -> str:
        return "Document what happened, also what you left out; a colleague builds on it."


def is_falsified(record: Record) -> bool:
    """So much is claimed and denied that the notes are an invention, and no slip."""
    return len(Notes(record).false_claims) >= INVENTED


def _first(record: Record, unknown: list[Mention]) -> str:
    """What has to be found out before it can be written: a tool to open, a question to ask. What never happened is nothing to note."""
    facts = record.world.facts
    tools = [p for p in unknown if p.fact and facts[p.fact].tool]
    asked = [p for p in unknown if (p.fact or p.id in FOUND_OUT) and p not in tools]
    todo = [
        f"{verb} {listed(list(dict.fromkeys(topic(record, p) for p in some)))}"
        for verb, some in (("find out", asked), ("open", tools))
        if some
    ]
    return f"First {' and '.join(todo)}." if todo else ""


def _named(record: Record, happened: list[Happening]) -> str:
    """Actions as the console or the customer calls them."""
    return listed([f"“{name}”" for name in dict.fromkeys(label(record, e.data["action"]) for e in happened)])


def priority(triage: dict[str, str]) -> str:
    """P1 to P4 from impact and urgency, by the usual matrix."""
    rank = RANKS.get(triage.get("impact", "low"), 0) + RANKS.get(triage.get("urgency", "low"), 0)
    return f"P{min(4, 5 - rank)}"


CRITERIA: tuple[Criterion, ...] = (RequiredPoints(), Structure(), Triage(), NothingSecret(), FalseClaims())
