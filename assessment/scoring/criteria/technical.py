"""Technical: evidence before the fix, the goal, no detours, no harm. Beside it: was the right article read in time."""

import re

from assessment.scoring.criteria.impostor import GUESSED
from assessment.scoring.criteria.needless import behind, consequence, in_words, needless
from assessment.scoring.criterion import Criterion, Ruling, met, missed, not_applicable, part
from assessment.scoring.goals import lacking
from assessment.scoring.log import Evidence, event
from assessment.scoring.record import Detour, Record
from assessment.scoring.terms import asked, label, listed
from assessment.scoring.words import quote

ALLOWANCE = 2  # questions beyond the shortest path that cost nothing
PER_MOVE = 0.2
MISCITED = 0.7  # share for the right article where another was cited wrongly
NAMED = 3  # detours that are named
INDIRECT = re.compile(r"(?:what|who|whose|which|where|when|why|how|whether|if|until)\b")
NOUN = re.compile(r"(?:the|a|an|their)\b")
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
    """The share of the deciding facts that were known before the fix."""

    id, title, dimension, points = "critical_facts", "Evidence found before the fix", "technical", 35
    aim = "collect the evidence before you repair"

    def rule(self, record: Record) -> Ruling:
        wanted = record.world.critical_facts()
        if not wanted:
            return not_applicable("This ticket has no facts that decide it.")
        found = record.evidence_facts
        share = min(1.0, len(found) / len(wanted))
        then = "the decision" if record.impostor else "the fix"
        why = f"{len(found)} of {len(wanted)} deciding facts were known before {then}."
        return Ruling(share, why, tuple(found.values()))

    def better(self, record: Record) -> str:
        open_ = [
            hint(record, name) for name in record.world.critical_facts() if name not in record.evidence_facts
        ]
        if not open_:
            return "Keep it so: first the evidence, then the change."
        return f"Before you change anything, {'; '.join(dict.fromkeys(open_))}."


class GoalReached(Criterion):
    """All: the goal of the scenario holds, or the ticket was handed over where that was right. Half: the trouble was over
    and something else of the goal was missing, it was settled without the evidence that it takes, or fraud was declined
    and not reported.
    """

    id, title, dimension, points = "goal_reached", "The ticket was settled as it should be", "technical", 35
    aim = "stay with the ticket until it is settled"

    def rule(self, record: Record) -> Ruling:
        proof = [event(e) for e in record.events("fixed", "confirmed")]
        if record.goal == "escalation":
            return met("You handed over to the right team when handing over was right.", record.resolved)
        if record.goal and not record.is_founded:
            known, wanted = len(record.evidence_facts), record.facts_wanted
            why = f"Settled on too little: {known} of the {wanted} deciding facts that it takes were known."
            return part(why if known < wanted else GUESSED, [*proof, *record.resolved])
        if record.goal:
            return met(f"Settled as it should be: {record.kind}.", [*proof, *record.resolved])
        harm = [event(e) for e in record.harm]
        see = f" See “{NoHarm.title}”." if harm else ""
        if record.is_fixed and proof:
            return part(
                f"The trouble was over, and not as it should be: {lacking(record)}.{see}", [*proof, *harm]
            )
        if record.is_right_but_untold:
            return part("The right decision, but security was not told.", record.resolved)
        return missed(f"The ticket was not settled: {lacking(record)}.{see}", [*record.resolved, *harm])

    def better(self, record: Record) -> str:
        if record.goal and not record.is_founded:
            return "Look for the evidence first: then the same decision is no luck, and you can defend it."
        if record.impostor:
            return "The only right answer to this call is to decline it and to report it to security."
        if record.kind == "escalated" and not record.goal:
            return "Hand over when it is due, to the team that can change it, with the caller verified and the evidence in the notes."
        if any("escalated" in goal.all for goal in record.world.goals.values()):
            return "The desk cannot change this itself: hand it over to the team that can, with the evidence."
        return "Repair the cause, have the customer try it while you are there, and resolve only when it works for them."


class Efficiency(Criterion):
    """All at first. A fifth less for each step that could not help or was made before, and for each question off the shortest
    way beyond two. Verification, look-ups, deciding facts and what is offered after the fix never count. Nothing without the goal
    or its evidence; what could not help is named all the same.
    """

    id, title, dimension, points = "efficiency", "Few detours", "technical", 15
    aim = "let each answer choose the next step"

    def rule(self, record: Record) -> Ruling:
        if not (record.goal and record.is_founded):
            return self._for_nothing(record)
        shortest = len(record.attempt.way)
        detours = record.detours
        others = [detour for detour in detours if not detour.is_wasted]
        beyond = [detour for detour in detours if detour.is_wasted or detour in others[ALLOWANCE:]]
        why = f"{record.moves} moves; the shortest well-founded way takes {shortest}."
        if not beyond:
            return met(why, [*record.resolved, *record.checked()])
        named = "; ".join(_named(record, detour) for detour in beyond[:NAMED])
        why += f" Not needed: {named}{'; and more' if len(beyond) > NAMED else ''}."
        steps = [event(e) for detour in beyond if (e := behind(record, detour))]
        cited = (*(detour.evidence for detour in beyond), *steps)
        return Ruling(max(0.0, 1 - PER_MOVE * len(beyond)), why, cited)

    def _for_nothing(self, record: Record) -> Ruling:
        """Why a short way earns nothing here, and what on it could not help."""
        if record.harm:
            why = f"A short way that does harm earns nothing. See “{NoHarm.title}”."
        elif record.goal:
            why = "A short way without the evidence is luck, and earns nothing."
        else:
            why = "The ticket was not settled, so a short way earns nothing."
        steps = needless(record)
        why += f" Not needed: {in_words(record, steps)}." if steps else ""
        return missed(why, [*record.resolved, *(event(e) for e in (*record.harm, *steps))])

    def better(self, record: Record) -> str:
        return "Let each answer choose the next question, and leave out steps that the evidence already rules out."


class NoHarm(Criterion):
    """All: no action did harm. A third: an action cost more than it could bring. Nothing: lasting harm."""

    id, title, dimension, points = "no_harm", "Nothing harmful was done", "technical", 15
    aim = "choose the smallest change that removes the cause"

    def rule(self, record: Record) -> Ruling:
        actions = record.events("action")
        major = record.harm
        minor = [e for e in actions if e.data.get("harmful") == "minor"]
        if major:
            name = major[0].data["action"]
            about = record.world.actions[name].about
            meant = f": {about[0].lower()}{about[1:]}" if about else ""
            return missed(f"“{label(record, name)}” does lasting harm{meant}.", [event(e) for e in major])
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
    """Shown beside the score. All: the article that fits was open before the fix. Part: after it, or one was cited that does not
    fit or was never opened.
    """

    id, title, dimension, points = "right_article", "The right article, before the fix", "research", 100
    aim = "read the article that fits before the fix"

    def rule(self, record: Record) -> Ruling:
        right, herrings = record.world.knowledge.right, record.world.knowledge.red_herrings
        opened = record.events("article", slug=right)
        misled = [slug for slug in record.attempt.resolution.get("cited", ()) if slug in herrings]
        unread = self._unread(record)
        if not opened:
            looked: list[Evidence] = [event(e) for e in record.events("search", "article")[:3]]
            why = f"The article that covers this case was not opened.{unread}"
            return missed(why, [*looked, *(record.resolved if unread else [])])
        if opened[0].number > record.fix:
            return part(f"The right article was opened only after the fix.{unread}", [event(opened[0])])
        if misled or unread:
            fits = ", but cited one that does not fit" if misled else ""
            why = f"You read the right article{fits}.{unread}"
            return part(why, [event(opened[0]), *record.resolved], MISCITED)
        return met("The right article was open before the fix.", [event(opened[0])])

    def _unread(self, record: Record) -> str:
        """What was cited and never opened, as a sentence to go on with, or ""."""
        opened = {e.data["slug"] for e in record.events("article")}
        unread = [slug for slug in record.attempt.resolution.get("cited", ()) if slug not in opened]
        named = listed([f"“{slug.replace('-', ' ')}”" for slug in unread])
        return f" You cited {named} without opening {'it' if len(unread) == 1 else 'them'}." if unread else ""

    def better(self, record: Record) -> str:
        return "Search with the exact message or symptom, prefer official articles, and check the date before you follow one."


def _named(record: Record, detour: Detour) -> str:
    """A message by its words, a use of the console by its label."""
    line = record.line(detour.evidence.get("seq", 0))
    said = f"“{quote(line.text, 60)}”" if line else f"“{label(record, detour.name)}”"
    step = behind(record, detour)
    return f"{said} ({consequence(record, step)})" if step else said


def hint(record: Record, fact: str) -> str:
    """How the fact can be had, without what it says."""
    known = record.world.facts[fact]
    if known.tool:
        return (
            f"run “{record.world.tools[known.tool].label}”"
            if known.tool in record.world.tools
            else "use the diagnostics"
        )
    look = record.world.actions.get(known.observe or "")
    acts = [*known.ask, (look.intent if look else None) or known.observe or ""]
    plain = next((QUESTIONS[act] for act in acts if act in QUESTIONS), "")
    return (
        f"ask {plain}" if plain else _in_words(asked(record, acts[0]), is_question=acts[0].startswith("f_"))
    )


def _in_words(what: str, *, is_question: bool) -> str:
    if INDIRECT.match(what):
        return f"ask {what}"
    return f"ask about {what}" if is_question and NOUN.match(what) else f"have the customer {what}"


CRITERIA: tuple[Criterion, ...] = (CriticalFacts(), GoalReached(), Efficiency(), NoHarm(), RightArticle())
