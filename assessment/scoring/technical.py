"""Technical: evidence before the fix, the goal, no detours, no harm. Beside it: was the right article read in time."""

from assessment.scoring.criterion import Criterion, Ruling, met, missed, not_applicable, part
from assessment.scoring.log import Evidence, event
from assessment.scoring.record import Detour, Record
from assessment.scoring.verification import label
from assessment.scoring.words import quote

ALLOWANCE = 2  # moves beyond the shortest path that cost nothing
PER_MOVE = 0.2
NAMED = 3  # detours that are named
# What to ask for, in words, by generic act.
QUESTIONS = {
    "f_error": "for the exact message or code",
    "f_when": "since when it happens",
    "f_changes": "what changed before it began",
    "f_frequency": "whether it is always so",
    "f_network": "where and how they are connected",
    "f_scope": "who else is affected",
    "f_impact": "what it holds up",
    "f_device": "which device they use",
    "f_tried": "what they tried already",
    "f_screen": "what the screen shows",
}


class CriticalFacts(Criterion):
    id, title, dimension, points = "critical_facts", "Evidence found before the fix", "technical", 35
    aim = "collect the evidence before you repair"

    def rule(self, record: Record) -> Ruling:
        wanted = record.world.critical_facts()
        if not wanted:
            return not_applicable("This ticket has no facts that decide it.")
        found = record.evidence_facts
        share = min(1.0, len(found) / len(wanted))
        why = f"{len(found)} of {len(wanted)} deciding facts were known before the fix."
        return Ruling(share, why, tuple(found.values()))

    def better(self, record: Record) -> str:
        open_ = [
            hint(record, name) for name in record.world.critical_facts() if name not in record.evidence_facts
        ]
        if not open_:
            return "Keep it so: first the evidence, then the change."
        return f"Before you change anything, {'; '.join(dict.fromkeys(open_))}."


class GoalReached(Criterion):
    id, title, dimension, points = "goal_reached", "The ticket came to its right end", "technical", 35
    aim = "stay with the ticket until its right end"

    def rule(self, record: Record) -> Ruling:
        proof = [event(e) for e in record.events("fixed", "confirmed")]
        if record.goal == "escalation":
            return met("You handed over to the right team when handing over was right.", record.resolved)
        if record.goal:
            return met(f"The right end was reached: {record.kind}.", [*proof, *record.resolved])
        if record.is_fixed and proof:
            return part("The trouble was over, but not all that a right end needs was true.", proof)
        return missed(
            f"The ticket was closed as {record.kind or 'unfinished'}, which was not its right end.",
            record.resolved,
        )

    def better(self, record: Record) -> str:
        if record.impostor:
            return "The right end of this call is to decline it and to report it to security."
        if any("escalated" in goal.all for goal in record.world.goals.values()):
            return "The desk cannot change this itself: hand it over to the team that can, with the evidence."
        return "Repair the cause, have the customer try it while you are there, and resolve only when it works for them."


class Efficiency(Criterion):
    id, title, dimension, points = "efficiency", "Few detours", "technical", 15
    aim = "let each answer choose the next step"

    def rule(self, record: Record) -> Ruling:
        if not record.goal:
            return missed("Quick but unfinished earns nothing.", record.resolved)
        shortest = len(record.attempt.way)
        beyond = max(0, record.moves - shortest - ALLOWANCE)
        why = f"{record.moves} moves; the shortest well-founded way takes {shortest}."
        if not beyond:
            return met(why, [*record.resolved, *record.checked()])
        detours = record.detours
        named = "; ".join(_named(record, detour) for detour in detours[:NAMED])
        why += f" Beyond it: {named}{'; and more' if len(detours) > NAMED else ''}." if named else ""
        cited = tuple(detour.evidence for detour in detours) or tuple(record.resolved)
        return Ruling(max(0.0, 1 - PER_MOVE * beyond), why, cited)

    def better(self, record: Record) -> str:
        return "Let each answer choose the next question, and leave out steps that the evidence already rules out."


class NoHarm(Criterion):
    id, title, dimension, points = "no_harm", "Nothing harmful was done", "technical", 15
    aim = "choose the smallest change that removes the cause"

    def rule(self, record: Record) -> Ruling:
        actions = record.events("action")
        major = [e for e in actions if e.data.get("harmful") == "major"]
        minor = [e for e in actions if e.data.get("harmful") == "minor"]
        if major:
            return missed(
                f"“{label(record, major[0].data['action'])}” does lasting harm.", [event(e) for e in major]
            )
        if minor:
            return part(
                f"“{label(record, minor[0].data['action'])}” cost more than it could bring.",
                [event(e) for e in minor],
                1 / 3,
            )
        if not actions:
            return not_applicable("Nothing was done that could have harmed.")
        return met("No action did harm.", [event(actions[0]), *record.checked()])

    def better(self, record: Record) -> str:
        return "Choose the smallest change that removes the cause; a shortcut around a protection is not a repair."


class RightArticle(Criterion):
    """Reported beside the score."""

    id, title, dimension, points = "right_article", "The right article, before the fix", "research", 100
    aim = "read the article that fits before the fix"

    def rule(self, record: Record) -> Ruling:
        right, herrings = record.world.knowledge.right, record.world.knowledge.red_herrings
        opened = record.events("article", slug=right)
        misled = [slug for slug in record.attempt.resolution.get("cited", ()) if slug in herrings]
        if not opened:
            looked: list[Evidence] = [event(e) for e in record.events("search", "article")[:3]]
            return missed("The article that covers this case was not opened.", looked)
        if opened[0].number > record.fix:
            return part("The right article was opened only after the fix.", [event(opened[0])])
        if misled:
            return part(
                "You read the right article, but cited one that does not fit.",
                [event(opened[0]), *record.resolved],
                0.7,
            )
        return met("The right article was open before the fix.", [event(opened[0])])

    def better(self, record: Record) -> str:
        return "Search with the exact message or symptom, prefer official articles, and check the date before you follow one."


def _named(record: Record, detour: Detour) -> str:
    """A message by its words, a use of the console by its label."""
    line = record.line(detour.evidence.get("seq", 0))
    return f"“{quote(line.text, 60)}”" if line else f"“{label(record, detour.name)}”"


def hint(record: Record, fact: str) -> str:
    """How the fact can be had, without what it says."""
    known = record.world.facts[fact]
    if known.tool:
        return (
            f"run “{record.world.tools[known.tool].label}”"
            if known.tool in record.world.tools
            else "use the diagnostics"
        )
    intent = record.world.actions[known.observe].intent if known.observe in record.world.actions else None
    if known.observe and intent not in QUESTIONS:
        return f"have the customer {known.observe.replace('_', ' ')}"
    acts = [*known.ask, intent or ""]
    asked = next((QUESTIONS[act] for act in acts if act in QUESTIONS), "")
    return f"ask {asked}" if asked else f"ask about {known.ask[0].removeprefix('f_').replace('_', ' ')}"


CRITERIA: tuple[Criterion, ...] = (CriticalFacts(), GoalReached(), Efficiency(), NoHarm(), RightArticle())
