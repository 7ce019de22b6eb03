"""Verification: who is calling, proved before it matters."""

from abc import abstractmethod

from assessment.scoring.criteria.proof import waived, wanted
from assessment.scoring.criterion import Criterion, Ruling, met, missed, not_applicable, part
from assessment.scoring.log import event, seq
from assessment.scoring.record import Record
from assessment.scoring.terms import SPOKEN_FIELDS, asks, label, listed
from scenarios.world.state import IDENTITY_ACTS, POSSESSION

EARLY, LATE = 300.0, 600.0  # seconds


class Honest(Criterion):
    dimension = "verification"
    spoken = True

    def rule(self, record: Record) -> Ruling:
        return (
            not_applicable("This caller is judged by how an impostor was handled.")
            if record.impostor
            else self.honest(record)
        )

    @abstractmethod
    def honest(self, record: Record) -> Ruling: ...


class LevelBeforeAction(Honest):
    """All: the level of verification that policy asks for was reached, and the record opened, before anything protected was done.
    Half: the answers were right, but nobody opened the record to compare them; or nothing protected was done for a
    caller who proved too little.
    """

    id, title, points = "level_before_action", "Verified before the first protected action", 50
    aim = "prove who is calling before you change anything"
    acts = tuple(IDENTITY_ACTS)

    def honest(self, record: Record) -> Ruling:
        if record.needed == "none":
            return not_applicable("Nothing in this ticket asked for proof of who is calling.")
        if record.unverified:
            line = waived(record)
            return missed(
                _unproved(record), [*([seq(line.seq)] if line else []), event(record.unverified[0])]
            )
        if record.proved_at is None and record.events("identity") and not record.gated:
            return part(
                f"The caller proved too little: it takes {asks(record)}. Nothing protected was done either.",
                [event(record.events("identity")[0]), *record.checked()],
            )
        if record.proved_at is None:
            return missed(f"The caller never proved who they are: it takes {asks(record)}.")
        acted = [event(e) for e in record.gated[:1]]
        if not record.was_compared:
            return part(
                "The answers were right, but the record was never opened: nobody compared them.",
                [event(record.proved_at), *acted],
            )
        before = f" before “{label(record, record.gated[0].data['action'])}”" if acted else ""
        return met(f"You knew who was calling{before}.", [event(record.proved_at), *acted])

    def better(self, record: Record) -> str:
        if record.proofs and not record.was_compared:
            return "Open the caller's record in the directory and compare what they gave, before you go on."
        return f"Before you change anything, have the caller prove who they are. Here that takes {wanted(record)}."


def _unproved(record: Record) -> str:
    """What was done too early, what it takes, and what there was by then."""
    first = record.unverified[0]
    had = [SPOKEN_FIELDS[e.data["field"]] for e in record.proofs if e.number < first.number]
    by_then = f"only {listed(had)} had been given" if had else "nothing had been proved"
    late = (
        " The proof came only afterwards."
        if record.proved_at and record.proved_at.number > first.number
        else ""
    )
    return f"“{label(record, first.data['action'])}” takes {asks(record)} first; {by_then}.{late}"


class IndependentItems(Honest):
    """All: two items that the caller gave and that match the record, or something only the owner has (a call-back to the number
    on record, a code on the enrolled device), compared. Half: one item only, or the record was never opened.
    """

    id, title, points = "independent_items", "Two items compared, or a call-back or a code", 20
    aim = "ask for two items that you can compare with the record"

    def honest(self, record: Record) -> Ruling:
        proofs = record.proofs
        evidence = [event(e) for e in proofs]
        names = listed([SPOKEN_FIELDS[e.data["field"]] for e in proofs])
        enough = len(proofs) >= 2 or any(e.data["field"] in POSSESSION for e in proofs)
        if not proofs:
            if record.needed == "none":
                return not_applicable("Nothing in this ticket asked for proof of who is calling.")
            return missed("The caller was not asked for anything that can be compared with the record.")
        if not enough:
            return part(f"Only one item was proved: {names}.", evidence)
        if not record.was_compared:
            return part(
                f"{names.capitalize()} came, and you took it on trust: the record was never opened.", evidence
            )
        return met(f"Proved by {names}.", evidence)

    def better(self, record: Record) -> str:
        return f"Ask for {wanted(record)}, look each up in the directory, and tick only what the caller really gave."


class NothingGivenAway(Honest):
    """All: no value of the record was spoken before the caller gave it."""

    id, title, points = "nothing_given_away", "No value from the record spoken before the caller gave it", 20
    aim = "let the caller say each value first"

    def honest(self, record: Record) -> Ruling:
        occasion = [*record.gated[:1], *record.events("identity")[:1]]
        given = record.events("disclosed")
        if given:
            fields = listed([SPOKEN_FIELDS.get(e.data["field"], e.data["field"]) for e in given])
            return missed(
                f"You told the caller their {fields} before they gave it.", [record.where(e) for e in given]
            )
        if not occasion:
            return not_applicable("There was no occasion to give a value away.")
        return met("You asked openly and gave no value away.", [event(occasion[0]), *record.checked()])

    def better(self, record: Record) -> str:
        return "Ask an open question: “Who is your manager?”, never “Your manager is …, right?”."


class VerifiedEarly(Honest):
    """All: verified within five minutes, the comparison with the record included. Half: within ten. Not where nothing was compared."""

    id, title, points = "verified_early", "Verified within five minutes", 10
    aim = "verify in the first five minutes"

    def honest(self, record: Record) -> Ruling:
        if record.needed == "none":
            return not_applicable("Nothing in this ticket asked for proof of who is calling.")
        if record.proved_at is None:
            return missed("The caller was never verified.")
        if not record.was_compared:
            return not_applicable("Nothing was compared with the record, so there is no moment to time.")
        last = max([record.proved_at, *record.compared_at[:1]], key=lambda e: e.number)
        minutes, cited = last.at / 60, [event(e) for e in (record.proved_at, *record.compared_at[:1])]
        if last.at <= EARLY:
            return met(f"Completed after {minutes:.1f} minutes.", cited)
        if last.at <= LATE:
            return part(f"Completed only after {minutes:.1f} minutes.", cited)
        return missed(f"Completed only after {minutes:.1f} minutes.", cited)

    def better(self, record: Record) -> str:
        return f"Verify right after the greeting, in one message: ask for {wanted(record)}."


CRITERIA: tuple[Criterion, ...] = (
    LevelBeforeAction(),
    IndependentItems(),
    NothingGivenAway(),
    VerifiedEarly(),
)
