"""What the ticket would have needed, where no single line shows what was lacking: the evidence, the end, the notes."""

from collections.abc import Callable

from assessment.scoring.advice.asking import (
    asked_for,
    cited_unread,
    for_nobody,
    safety,
    unknown,
    who_is_calling,
)
from assessment.scoring.advice.harming import harm, nature, smaller
from assessment.scoring.advice.lines import line_behind_step
from assessment.scoring.advice.noting import true_notes, written
from assessment.scoring.attempt import Happening
from assessment.scoring.criteria.documentation import Triage
from assessment.scoring.criteria.impostor import report
from assessment.scoring.record import Record
from assessment.scoring.terms import asked, asks, first_name, label, listed, team
from scenarios.world.document import Fact


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
        return turned_away(record)
    if less := smaller(record, step):
        return f"Give the smallest right that does the job: “{less}”. Say it to {name} before you do it."
    following = _next_move(record)
    return made_safe(record) or (
        f"Here the next step was {following}."
        if following
        else "Leave this step out: it does nothing against the cause."
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
        told = "what you asked for" if line_behind_step(record, step) else "what was done"
        stop = "keep away from it" if safety(record) else "stop and touch nothing more"
        return f"Now: tell {first_name(record)} to {stop}, and tell your lead {told}."
    return UNDONE[nature(record, step)]


UNDONE: dict[str, str] = {
    "told": "What was told cannot be taken back. Now: tell your lead and security at once what it was, to whom and when, so that it can be made worthless.",
    "deleted": "What is deleted may still be brought back. Now: touch nothing more, and tell your lead at once what is gone, whose it was and since when.",
    "opened": "Now: take it back, and tell your lead at once to whom it was open, for how long and why.",
    "changed": "Now: take it back, or where that cannot be done tell your lead at once what was changed, for whom and when.",
}


def ahead(record: Record) -> str:
    """The next use of the console on the shortest way that was not made, as the console calls it; ""."""
    done = {e.data["action"] for e in record.events("action", "console")}
    ways = [move.removeprefix("use ") for move in record.attempt.way if move.startswith("use ")]
    return next((label(record, name) for name in ways if name not in done), "")


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
    """A no that stays one: an impostor is not put off until later."""
    name = first_name(record)
    if record.out_of_band:
        return (
            f"“I'm sorry, {name}, nobody confirmed it on the number that we hold, so I have to decline this.”"
        )
    return f"“I'm sorry, {name}, I have to decline this request, and waiting will not change that.”"


def turned_away(record: Record) -> str:
    """The whole way out: the no, the end and the report."""
    return f"{refusal(record)} Then close it as declined and tick “report to security”, with the note: “{report(record)}”"


def made_safe(record: Record) -> str:
    """What keeps people from harm comes before any question, as long as it was not done; ""."""
    steps = safety(record)
    return f"First of all make it safe: “{' '.join(steps)}”" if steps else ""


def _evidence(record: Record) -> str:
    before = "decide" if record.impostor else "hand it over" if _team(record) else "change anything"
    return " ".join(said for said in (made_safe(record), _looking(record, before), _earlier(record)) if said)


def _looking(record: Record, before: str) -> str:
    """What to say and to look at, for each deciding fact that was not known; ""."""
    todo = list(dict.fromkeys(_found_out(record, name, fact) for name, fact in unknown(record).items()))
    said = f"Before you {before}, {'; '.join(each for each in todo if each)}"
    return (said if said.endswith((".”", "?”")) else f"{said}.") if any(todo) else ""


def _found_out(record: Record, name: str, fact: Fact) -> str:
    """A question that was dodged is worth another one, after a kind word."""
    asked = asked_for(record, fact)
    dodged = record.first("withheld", fact=name)
    return (
        f"tell {first_name(record)} that nobody is blamed, then {asked} once more"
        if asked and dodged
        else asked
    )


def _earlier(record: Record) -> str:
    """What was found out only after the change; ""."""
    facts = {n: f for n, f in record.world.facts.items() if f.critical and n in record.state.earned}
    late = [asked_for(record, f) for n, f in facts.items() if n not in record.evidence_facts]
    return f"What you did only afterwards belongs before the change: {'; '.join(late)}" if any(late) else ""


def _end(record: Record) -> str:
    """What was left to do, by the goal of this ticket; first of all safety, then who is calling, where nobody asked."""
    if record.goal:
        return ""
    is_due = record.is_unasked or (record.is_fixed and for_nobody(record))
    asking = who_is_calling(record) if is_due else ""
    safe = "" if record.harm else made_safe(record)  # said where the harm is told
    proof = f"{'Ask' if safe else 'First ask'} who is calling: “{asking}”" if asking else ""
    return " ".join(said for said in (safe, proof, _left(record)) if said)


def _left(record: Record) -> str:
    name = first_name(record)
    if record.impostor and record.kind == "declined":
        return f"Tick “report to security” as well, with the note: “{report(record)}” The next desk may be called in ten minutes."
    if record.impostor:
        return f"{'When no proof comes, say: ' if record.is_unasked else ''}{turned_away(record)}"
    if record.is_fixed and record.wants_confirmation and not record.state.confirmed:
        return f"“Please try it once more while I am here. Does it work now?” Close when {name} has said yes."
    if record.is_fixed and record.kind == "resolved":
        steps = _steps(record)
        return f"Before you close, {steps}." if steps else ""
    hands_over = record.kind == "escalated" or _team(record)
    looking = _looking(record, "hand it over" if hands_over else "close")
    steps = _steps(record)
    if to := _team(record):
        first = f"{steps[0].upper()}{steps[1:]}. " if steps else ""
        return f"{looking} {first}The desk cannot repair this: hand it over to {to}, with the evidence in the notes.".lstrip()
    if hands_over:
        known = looking or _following(record)
        return " ".join(
            part
            for part in (
                "The desk can settle this one.",
                known,
                "Hand over only what you cannot change yourself.",
            )
            if part
        )
    if steps:
        return f"{looking} Then {steps}, have {name} try it while you are there, and close when it works.".lstrip()
    before = looking or _following(record)
    have = f"{before} Then have" if before else "Have"
    return f"{have} {name} try it while you are there, and close when it works."


def _steps(record: Record) -> str:
    """What the goal wants from the console and was not done: "use “Link ticket to incident”"; ""."""
    wanted = {k: v for goal in record.world.goals.values() for k, v in goal.all.items()}
    lacking = {(k, v) for k, v in wanted.items() if record.state.vars.get(k, v) != v}
    done = [
        f"“{label(record, name)}”"
        for name, action in record.world.actions.items()
        if action.who == "learner" and any(lacking & set(branch.set.items()) for branch in action.effects)
    ]
    return f"use {listed(done)}" if done else ""


def _following(record: Record) -> str:
    following = ahead(record)
    if following:
        return f"“{following}” comes next."
    move, test = _next_move(record), record.world.actions.get(record.world.retry or "")
    is_test = bool(test and test.intent and asked(record, test.intent) in move)  # which every end asks for
    return f"Next comes {move}." if move and not is_test else ""


def _priority(record: Record) -> str:
    return f"Set it to {Triage().wanted(record)} once you know what is behind it and what it holds up."


def _onward(record: Record) -> str:
    """From what was known to what the shortest way does next."""
    following = ahead(record)
    return f"Go straight on to “{following}”: what you knew by then pointed there." if following else ""


def _read_first(record: Record) -> str:
    """What was cited and never opened, by its name."""
    named = listed([f"“{slug.replace('-', ' ')}”" for slug in cited_unread(record)])
    return (
        f"Open {named} before you cite it, and see whether it fits: a colleague takes it for what you went by."
        if named
        else ""
    )


def _no_secret(record: Record) -> str:
    return f"Nobody at a desk needs a secret: “Please type your password yourself, {first_name(record)}, and do not tell me.”"


def _to_people(record: Record) -> str:
    return f"Write to {first_name(record)} and to the colleague who reads the notes; orders to whoever scores it earn nothing and limit the score."


REMEDIES: dict[str, Callable[[Record], str]] = {
    "no_harm": _unharmed,
    "level_before_action": _proved,
    "required_points": written,
    "false_claims": true_notes,
    "critical_facts": _evidence,
    "goal_reached": _end,
    "efficiency": _onward,
    "triage": _priority,
    "asked_secret": _no_secret,
    "right_article": _read_first,
    "injection": _to_people,
}
