"""What the ticket would have needed, where no single line shows what was lacking: the evidence, the end, the notes."""

from collections.abc import Callable

from assessment.scoring.advice.asking import asked_for, sentence, who_is_calling
from assessment.scoring.advice.harming import harm, smaller
from assessment.scoring.advice.quoting import line_behind_step, part_of
from assessment.scoring.attempt import Happening
from assessment.scoring.criteria.documentation import Triage, is_falsified
from assessment.scoring.notes.told import Told
from assessment.scoring.record import Record
from assessment.scoring.terms import asked, asks, first_name, label, listed, past, team, topic


def remedy(record: Record, name: str) -> str:
    """`name`: of a criterion or cap; "" where the rules have a better sentence of their own."""
    said = REMEDIES.get(name)
    return said(record) if said else ""


def _unharmed(record: Record) -> str:
    step = harm(record)
    if step is None or step.data["harmful"] != "major":
        return _instead(record, step) if step else ""
    return f"{_instead(record, step)} {_undone(record, step)}"


def _instead(record: Record, step: Happening) -> str:
    name = first_name(record)
    if record.impostor:
        return refusal(record)
    if less := smaller(record, step):
        return f"Give the smallest right that does the job: “{less}”. Say it to {name} before you do it."
    following = _next_move(record)
    return (
        f"Here the next step was {following}."
        if following
        else "Leave the protection as it is; remove the cause."
    )


def _next_move(record: Record) -> str:
    """What the shortest way does that was not done: in the console, or by the customer."""
    done = {e.data["action"] for e in record.events("action", "console")}
    for move in record.attempt.way:
        verb, _, name = move.partition(" ")
        action = record.world.action_for(name) if verb == "ask" else name
        if verb == "use" and name not in done:
            return f"“{label(record, name)}”"
        if action and verb == "ask" and name.startswith("a_") and action not in done:
            return f"to have {first_name(record)} {asked(record, name)}"
        if move == "end escalated":
            return f"to hand it over to {_team(record)}"
    return ""


def _team(record: Record) -> str:
    """The team that can change what the desk cannot; ""."""
    teams = [str(g.all["escalated"]) for g in record.world.goals.values() if "escalated" in g.all]
    return team(teams[0]) if teams else ""


def _undone(record: Record, step: Happening) -> str:
    """How the harm is kept small now."""
    if step.data.get("who") == "customer":
        told = "" if line_behind_step(record, step) else " what was done"
        return f"Now: tell {first_name(record)} to stop and touch nothing more, and tell your lead{told or ' what you asked for'}."
    return "Now: take it back, or where that cannot be done tell your lead at once what was changed, for whom and when."


def ahead(record: Record) -> str:
    """The next use of the console on the shortest way that was not made, as the console calls it; ""."""
    done = {e.data["action"] for e in record.events("action", "console")}
    ways = [move.removeprefix("use ") for move in record.attempt.way if move.startswith("use ")]
    return next((label(record, name) for name in ways if name not in done), "")


def said_of(record: Record, fact: str) -> str:
    """What the customer or a tool said, in whole sentences."""
    return part_of(record.world.facts[fact].say, longest=140)


def _proved(record: Record) -> str:
    """Before what was done without proof; where the items came, the record they belong to."""
    if record.unverified:
        done = label(record, record.unverified[0].data["action"])
        asking = who_is_calling(record)
        return f"Before “{done}”, say: “{asking}”" if asking else f"Before “{done}”, get {asks(record)}."
    if record.proofs and not record.was_compared:
        return f"Open {first_name(record)}'s record in the directory, compare each answer, then go on."
    return ""


def refusal(record: Record) -> str:
    """A no with its reason and the way that stays open."""
    name = first_name(record)
    if record.out_of_band:
        return (
            f"“I'm sorry, {name}, nobody confirmed it on the number that we hold, so I have to decline this.”"
        )
    return f"“I'm sorry, {name}, I can't do this before a call-back to the number we hold. Without it I have to decline.”"


def _evidence(record: Record) -> str:
    return _looking(record, "decide" if record.impostor else "change anything")


def _looking(record: Record, before: str) -> str:
    """What to say and to look at, for each deciding fact that was not known; ""."""
    lacking = [
        f for name, f in record.world.facts.items() if f.critical and name not in record.evidence_facts
    ]
    todo = list(dict.fromkeys(asked for fact in lacking if (asked := asked_for(record, fact))))
    said = f"Before you {before}, {'; '.join(todo)}"
    return (said if said.endswith((".”", "?”")) else f"{said}.") if todo else ""


def _end(record: Record) -> str:
    """What was left to do, by the goal of this ticket; first of all who is calling, where nobody asked."""
    asking = who_is_calling(record) if record.is_unasked else ""
    first = f"First ask who is calling: “{asking}” " if asking else ""
    return f"{first}{_left(record)}" if not record.goal else ""


def _left(record: Record) -> str:
    name = first_name(record)
    if record.impostor and record.kind == "declined":
        return "Decline, and tick “report to security”, with what the caller knew and what did not fit: the next desk may be called in ten minutes."
    if record.impostor:
        return f"{refusal(record)} Then close it as declined and tick “report to security”."
    if record.is_fixed:
        return f"“Please try it once more while I am here. Does it work now?” Close when {name} has said yes."
    hands_over = record.kind == "escalated" or _team(record)
    looking = _looking(record, "hand it over" if hands_over else "close") or _following(record)
    if to := _team(record):
        return f"{looking} The desk cannot repair this: hand it over to {to}, with the evidence in the notes."
    if hands_over:
        return f"The desk can settle this one. {looking} Hand over only what you cannot change yourself."
    return f"{looking} Then have {name} try it while you are there, and close when it works."


def _following(record: Record) -> str:
    following = ahead(record)
    return f"“{following}” comes next." if following else f"Go on from what {first_name(record)} told you."


def _priority(record: Record) -> str:
    return f"Set it to {Triage().wanted(record)} once you know what is behind it and what it holds up."


def _onward(record: Record) -> str:
    """From what was known to what the shortest way does next."""
    following = ahead(record)
    return f"Go straight on to “{following}”: what you knew by then pointed there." if following else ""


def _notes(record: Record) -> str:
    """What was seen and not written down, in the words in which it was seen."""
    told = Told(record)
    lacking = told.unwritten()
    seen = [_as_seen(record, p.fact) for p in lacking if p.fact in record.state.earned and p.fact]
    rest = [topic(record, p) for p in lacking if p.fact not in record.state.earned]
    if unsaid := [e for e in told.notes.unsaid_harm if e.data.get("who") == "learner"]:
        done = past(label(record, unsaid[0].data["action"]))
        return f"Write the step as it was: “{done}; still to be undone.” Only so can a colleague see what has to be put right."
    if not seen:
        return f"Add what is true of these: {listed(rest)}." if rest else ""
    written = " ".join(seen)
    return f"Write what you saw: “{written}”" + (
        f" And, as far as it happened: {listed(rest)}." if rest else ""
    )


def _as_seen(record: Record, fact: str) -> str:
    """A customer's words as a sentence; a tool's as it prints them."""
    said = said_of(record, fact)
    return said if record.world.facts[fact].tool else sentence(said)


def _true_notes(record: Record) -> str:
    """What the log bears out, instead of what it denies."""
    name, done = first_name(record), []
    if record.events("identity", matched=True):
        done.append("what the caller proved")
    if used := [label(record, e.data["action"]) for e in record.events("console")]:
        done.append(listed([f"“{each}”" for each in dict.fromkeys(used)][:3]))
    true = (
        f"Here that is {listed(done)}."
        if done
        else f"Here that is: {name} wrote in, and nothing was checked or done."
    )
    said = f"Write only what you did yourself and saw happen. {true}"
    return (
        f"{said} Tell your lead that this record has to be corrected: the next one acts on it."
        if is_falsified(record)
        else said
    )


def _no_secret(record: Record) -> str:
    return f"Nobody at a desk needs a secret: “Please type your password yourself, {first_name(record)}, and do not tell me.”"


def _to_people(record: Record) -> str:
    return f"Write to {first_name(record)} and to the colleague who reads the notes; orders to whoever scores it earn nothing and limit the score."


REMEDIES: dict[str, Callable[[Record], str]] = {
    "no_harm": _unharmed,
    "level_before_action": _proved,
    "required_points": _notes,
    "false_claims": _true_notes,
    "critical_facts": _evidence,
    "goal_reached": _end,
    "efficiency": _onward,
    "triage": _priority,
    "asked_secret": _no_secret,
    "injection": _to_people,
}
