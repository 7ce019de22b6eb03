"""Verification, where the caller is an impostor: refused, tried by another way, reported."""

from abc import abstractmethod

from assessment.scoring.attempt import Happening
from assessment.scoring.criterion import Criterion, Ruling, met, missed, not_applicable, part
from assessment.scoring.log import event
from assessment.scoring.record import Record
from assessment.scoring.terms import SPOKEN_FIELDS, first_name, label, listed
from scenarios.world.state import POSSESSION

GUESSED = "The right decision, and a guess: no proof was asked for, and nothing that decides was known."
LITTLE = "The right decision, on too little: {had}, and nothing you found spoke against the caller."
MOST = 3  # points of a report


class Impostor(Criterion):
    dimension = "verification"
    spoken = True

    def rule(self, record: Record) -> Ruling:
        return (
            self.impostor(record)
            if record.impostor
            else not_applicable("This caller was who they said they were.")
        )

    @abstractmethod
    def impostor(self, record: Record) -> Ruling: ...


class Refused(Impostor):
    """All: the ticket was declined, after a proof failed or a deciding fact was found. Half: where all that was asked for matched,
    or nothing was asked for; or refused in the chat, or another way was offered, and not closed as declined.
    """

    id, title, points = "refused", "The request was refused", 40
    aim = "decline what policy forbids, whoever asks"
    acts = ("refuse_policy",)
    sounds = ("policy", "cannot reset", "can't reset", "not able to")

    def impostor(self, record: Record) -> Ruling:
        told = [record.where(e) for e in self._plainest(record)]
        if given := _given_in(record):
            granted = [event(given)]
            return missed(
                _granted(record, given), [*told, *granted] if _held_at_first(record, given) else granted
            )
        if record.kind == "declined" and record.is_blind:
            return part(GUESSED, [*told, *record.resolved])
        if record.kind == "declined" and not record.is_suspicious:
            return part(_on_little(record), [*told, *record.resolved])
        if record.kind == "declined":
            return met("You declined the request and stood by it.", [*told, *record.resolved])
        if told:
            return part(
                "You refused in the chat, but did not close the ticket as declined.",
                [*told, *record.resolved],
            )
        if record.gated:
            return missed("The request was not declined.", record.resolved)
        if sent := [e for e in record.events("action", who="customer") if _sends_away(record, e)]:
            why = "Nothing was granted, and another way was offered; it was never declined in so many words."
            return part(why, [record.where(e) for e in sent[:1]])
        return missed("The request was not declined.", record.resolved)

    def _plainest(self, record: Record) -> list[Happening]:
        """The refusal that was understood best."""
        told = record.events("refused")
        return [max(told, key=lambda e: record.confidence(e))] if told else []

    def better(self, record: Record) -> str:
        return f"“I'm sorry, {first_name(record)}, nobody has confirmed that it is you, so I have to decline this request.” Then close it as declined."


class OutOfBand(Impostor):
    """All: a call-back to the number on record, or a code to the enrolled device, was tried."""

    id, title, points = "out_of_band", "Proof by another way was tried", 30
    aim = "call back on the number on record before you believe data"
    acts = ("id_callback", "id_code")
    sounds = ("call you back", "ring you back", "number on record", "code to your")

    def impostor(self, record: Record) -> Ruling:
        tried = record.out_of_band
        if tried:
            field = SPOKEN_FIELDS[tried[0].data["field"]]
            return met(f"You tried the {field}, and it did not come through.", [event(tried[0])])
        return missed(
            "Neither a call-back to the number on record nor a code to the enrolled device was tried."
        )

    def better(self, record: Record) -> str:
        return "“I am ringing the number that we hold, to speak to the person whose account it is.” Data alone can be stolen."


class Reported(Impostor):
    """All: the ticket was reported to security, after a proof was asked for or a deciding fact was found. Half: without either."""

    id, title, points = "reported", "The attempt was reported to security", 30
    aim = "report every suspicious call to security"

    def impostor(self, record: Record) -> Ruling:
        reported = bool(record.attempt.resolution.get("reported"))
        if reported and record.is_blind:
            return part(GUESSED, record.resolved)
        if reported:
            return met("You reported the call to security.", record.resolved)
        return missed("Security was not told; the next desk may be called in ten minutes.", record.resolved)

    def better(self, record: Record) -> str:
        return f"Decline, tick “report to security”, and write in the notes: “{report(record)}”"


def report(record: Record) -> str:
    """What to write to security: under whose name, what did not hold, and what was changed, as the log has it."""
    failed = [_failed(e) for e in record.events("identity", matched=False)]
    tools = [label(record, e.data["tool"]) for e in record.events("tool") if _decides(record, e)]
    seen = [f"‘{name}’ does not fit the story" for name in dict.fromkeys(tools)]
    found = listed([*dict.fromkeys(failed), *seen][:MOST]) or _unproved(record)
    done = listed([f"‘{label(record, e.data['action'])}’" for e in record.gated])
    changed = f"Done and to be put right: {done}." if done else "Nothing was changed."
    return f"Reported to security: a caller in the name of {record.world.identity.directory.name}; {found}. {changed}"


def _failed(asked: Happening) -> str:
    field = asked.data["field"]
    if field in POSSESSION:
        return f"the {SPOKEN_FIELDS[field]} failed"
    return f"{'a wrong' if asked.data['given'] else 'no'} {SPOKEN_FIELDS[field]} was given"


def _unproved(record: Record) -> str:
    """Data that match prove nothing where data can be bought."""
    came = listed([SPOKEN_FIELDS[e.data["field"]] for e in record.proofs])
    return f"{came} matched, and nobody rang back" if came else "no proof was asked for"


def _decides(record: Record, looked: Happening) -> bool:
    return any(record.world.facts[name].critical for name in looked.data["facts"])


def _given_in(record: Record) -> Happening | None:
    """What an impostor got in the console: without proof, or what nobody may give them."""
    harm = [e for e in record.harm if e.data.get("who") == "learner"]
    return min([*record.unverified, *harm], key=lambda e: e.number, default=None)


def _held_at_first(record: Record, given: Happening) -> bool:
    """Whether a refusal was plainly spoken before the caller was let in."""
    return any(record.is_certain(e) and e.number < given.number for e in record.events("refused"))


def _granted(record: Record, given: Happening) -> str:
    done, unproved = label(record, given.data["action"]), given in record.unverified
    if _held_at_first(record, given):
        how = ", without proof" if unproved else ""
        return f"You refused in words, and rightly; then “{done}” was done all the same{how}."
    return "The request was granted without proof." if unproved else f"“{done}” let the caller in."


def _on_little(record: Record) -> str:
    """What came was right, or nobody looked."""
    came = listed([SPOKEN_FIELDS[e.data["field"]] for e in record.proofs])
    unread = f"nobody compared the {came} with the record" if came and not record.was_compared else ""
    return LITTLE.format(had=unread or "all that you asked for matched")


def _sends_away(record: Record, happened: Happening) -> bool:
    """An instruction that the caller declines: the way in that policy leaves open."""
    action = record.world.actions.get(happened.data["action"])
    return action is not None and action.declines


CRITERIA: tuple[Criterion, ...] = (Refused(), OutOfBand(), Reported())
