"""Verification: who is calling, proved before it matters. An impostor's call has criteria of its own."""

from abc import abstractmethod
from typing import ClassVar

from assessment.scoring.criterion import Criterion, Ruling, met, missed, not_applicable, part
from assessment.scoring.log import event
from assessment.scoring.record import Record
from scenarios.world.state import FACTORS, IDENTITY_ACTS, POSSESSION

SPOKEN_FIELDS = {
    "name": "full name",
    "username": "user name",
    "employee_id": "employee number",
    "asset_tag": "asset tag",
    "department": "department",
    "manager": "manager",
    "phone_on_file": "phone number on record",
    "callback": "call-back",
    "push_code": "code on the enrolled device",
}
EARLY, LATE = 300.0, 600.0  # seconds


class Honest(Criterion):
    dimension = "verification"
    spoken = True
    acts: ClassVar[tuple[str, ...]] = tuple(IDENTITY_ACTS)
    sounds: ClassVar[tuple[str, ...]] = (
        "employee number",
        "employee id",
        "staff number",
        "asset tag",
        "manager",
        "call you back",
        "badge",
    )

    def rule(self, record: Record) -> Ruling:
        return (
            not_applicable("This caller is judged by how an impostor was handled.")
            if record.impostor
            else self.honest(record)
        )

    @abstractmethod
    def honest(self, record: Record) -> Ruling: ...


class LevelBeforeAction(Honest):
    id, title, points = "level_before_action", "Verified before the first protected action", 50
    aim = "prove who is calling before you change anything"

    def honest(self, record: Record) -> Ruling:
        if record.needed == "none":
            return not_applicable("Nothing in this ticket asked for proof of who is calling.")
        if record.unverified:
            first = record.unverified[0]
            return missed(
                f"“{label(record, first.data['action'])}” asks for {first.data['gate']} verification; "
                f"it was done at level {first.data['level']}.",
                [event(first)],
            )
        if record.proved_at is None:
            return missed(f"The caller never reached {record.needed} verification.")
        acted = [event(e) for e in record.gated[:1]]
        if not record.was_compared:
            return part(
                "The answers were right, but the record was never opened: nobody compared them.",
                [event(record.proved_at), *acted],
            )
        before = f" before “{label(record, record.gated[0].data['action'])}”" if acted else ""
        return met(
            f"{record.needed.capitalize()} verification was reached{before}.",
            [event(record.proved_at), *acted],
        )

    def better(self, record: Record) -> str:
        return (
            f"Before you change anything, reach the level that policy wants ({record.needed}): "
            f"“Before I go into your account, could you give me {asks(record)}?”"
        )


class IndependentItems(Honest):
    id, title, points = "independent_items", "Two independent items or possession, compared rightly", 20
    aim = "ask for two items that you can compare with the record"

    def honest(self, record: Record) -> Ruling:
        proofs = record.proofs
        evidence = [event(e) for e in proofs]
        names = listed([SPOKEN_FIELDS[e.data["field"]] for e in proofs])
        enough = len(proofs) >= 2 or any(e.data["field"] in POSSESSION for e in proofs)
        ticks = {e.data["factor"]: e for e in record.events("verification")}  # the last one counts
        wrong = [e for e in ticks.values() if not e.data["right"]]
        if not proofs:
            if record.needed == "none":
                return not_applicable("Nothing in this ticket asked for proof of who is calling.")
            return missed("The caller was not asked for anything that can be compared with the record.")
        if not enough:
            return part(f"Only one item was proved: {names}.", evidence)
        if not record.was_compared:
            return part(
                f"{names.capitalize()} came, and was taken on trust: the record was never opened.", evidence
            )
        if wrong:
            field = SPOKEN_FIELDS.get(wrong[0].data["factor"], "an item")
            return part(f"Proved by {names}, but {field} was ticked wrongly.", [*evidence, event(wrong[0])])
        return met(f"Proved by {names}.", evidence)

    def better(self, record: Record) -> str:
        return f"Ask for {asks(record)}, look each up in the directory, and tick only what the caller really gave."


class NothingGivenAway(Honest):
    id, title, points = "nothing_given_away", "No value from the record spoken before the caller gave it", 20
    aim = "let the caller say each value first"
    acts: ClassVar[tuple[str, ...]] = ()  # a question more would not have helped
    sounds: ClassVar[tuple[str, ...]] = ()

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
    id, title, points = "verified_early", "Verified within five minutes", 10
    aim = "verify in the first five minutes"

    def honest(self, record: Record) -> Ruling:
        if record.needed == "none":
            return not_applicable("Nothing in this ticket asked for proof of who is calling.")
        proved = record.proved_at
        if proved is None:
            return missed("The verification was not completed.")
        minutes = proved.at / 60
        if proved.at <= EARLY:
            return met(f"Completed after {minutes:.1f} minutes.", [event(proved)])
        if proved.at <= LATE:
            return part(f"Completed only after {minutes:.1f} minutes.", [event(proved)])
        return missed(f"Completed only after {minutes:.1f} minutes.", [event(proved)])

    def better(self, record: Record) -> str:
        return f"Verify right after the greeting, in one message: ask for {asks(record)}."


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
    id, title, points = "refused", "The request was refused", 40
    aim = "decline what policy forbids, whoever asks"
    acts = ("refuse_policy",)
    sounds = ("policy", "cannot reset", "can't reset", "not able to")

    def impostor(self, record: Record) -> Ruling:
        told = [record.where(e) for e in record.events("refused")[:1]]
        if record.unverified:
            return missed("The request was granted without proof.", [event(e) for e in record.unverified[:1]])
        if record.kind == "declined":
            return met("You declined the request and stood by it.", [*told, *record.resolved])
        if told:
            return part(
                "You refused in the chat, but did not close the ticket as declined.",
                [*told, *record.resolved],
            )
        return missed("The request was not declined.", record.resolved)

    def better(self, record: Record) -> str:
        return "“I can't do that without confirming who you are, and I have not been able to. I have to decline this request.”"


class OutOfBand(Impostor):
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
        return "“I will ring you back on the number we hold for you. Please pick up there.” Data alone can be stolen."


class Reported(Impostor):
    id, title, points = "reported", "The attempt was reported to security", 30
    aim = "report every suspicious call to security"

    def impostor(self, record: Record) -> Ruling:
        if record.attempt.resolution.get("reported"):
            return met("You reported the call to security.", record.resolved)
        return missed("Security was not told; the next desk may be called in ten minutes.", record.resolved)

    def better(self, record: Record) -> str:
        return "Decline and tick “report to security”, with what the caller knew and what failed."


def label(record: Record, action: str) -> str:
    known = record.world.actions.get(action)
    return known.label if known and known.label else action.replace("_", " ")


def asks(record: Record) -> str:
    """The items that policy accepts, in words."""
    policy = record.world.identity.policy
    rules = policy.high if record.needed == "high" else policy.low
    named = [f for f in FACTORS if any(f in rule.of for rule in rules)]
    needed = sum(rule.any for rule in rules)
    names = [SPOKEN_FIELDS[f] for f in named]
    return f"{'one' if needed == 1 else needed} of {listed(names)}" if len(names) > needed else listed(names)


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


CRITERIA: tuple[Criterion, ...] = (
    LevelBeforeAction(),
    IndependentItems(),
    NothingGivenAway(),
    VerifiedEarly(),
    Refused(),
    OutOfBand(),
    Reported(),
)
