"""The case of an attempt: who was calling, what was known and done, and how it ended."""

from functools import cached_property
from math import inf

from assessment.scoring.attempt import Happening
from assessment.scoring.clock import Clock
from assessment.scoring.log import Evidence, event, seq
from scenarios.world.document import LEVELS
from scenarios.world.state import POSSESSION, at_least, fixed

LEAST_WORK = 2  # facts, items of identity, steps of the customer, uses of the desk


class Case(Clock):
    # who is calling

    @cached_property
    def gated(self) -> list[Happening]:
        """Console actions for which policy wants proof of who is calling."""
        return [e for e in self.events("action", who="learner") if e.data.get("gate") in ("low", "high")]

    @cached_property
    def unverified(self) -> list[Happening]:
        return [e for e in self.gated if not at_least(e.data["level"], e.data["gate"])]

    @cached_property
    def needed(self) -> str:
        """The level of verification that the work asked for: by what was done, else by what the goal wants."""
        done = [e.data["gate"] for e in self.gated]
        wanted = [str(g.all["verified"]) for g in self.world.goals.values() if "verified" in g.all]
        return max(done or wanted, key=LEVELS.index, default="none")

    @cached_property
    def proved_at(self) -> Happening | None:
        """When the needed level was first reached."""
        return next((e for e in self.events("level") if at_least(e.data["level"], self.needed)), None)

    @cached_property
    def proofs(self) -> list[Happening]:
        """Items that the caller gave by themselves and that match the record, each once."""
        policy = self.world.identity.policy
        counted = {f for rules in (policy.low, policy.high) for rule in rules for f in rule.of}
        first: dict[str, Happening] = {}
        for e in self.events("identity", given=True, matched=True):
            field = e.data["field"]
            if field in counted and field not in self.state.told:
                first.setdefault(field, e)
        return list(first.values())

    @cached_property
    def was_compared(self) -> bool:
        """The record was looked up, or the proof was by possession, which compares itself."""
        return bool(self.compared_at) or any(e.data["field"] in POSSESSION for e in self.proofs)

    @cached_property
    def compared_at(self) -> list[Happening]:
        """When the caller's own record was opened; none where proof was by possession, which takes no comparing."""
        if any(e.data["field"] in POSSESSION for e in self.proofs):
            return []
        own = self.world.identity.directory.employee_id
        return [e for e in self.events("lookup", where="directory") if own in e.data["found"]]

    @cached_property
    def out_of_band(self) -> list[Happening]:
        return [e for e in self.events("identity") if e.data["field"] in POSSESSION]

    @property
    def is_unasked(self) -> bool:
        """Proof was due, and nobody asked who is calling."""
        return (self.impostor or self.needed != "none") and not self.events("identity")

    @property
    def impostor(self) -> bool:
        return self.world.customer.impostor

    # what was achieved

    @cached_property
    def kind(self) -> str:
        return str(self.attempt.resolution.get("type", ""))

    @cached_property
    def goal(self) -> str:
        """The goal that was reached, "escalation" where handing over was allowed, or ""."""
        goal = self.world.goals.get(self.attempt.outcome)
        if goal is not None:
            ends = {"escalated", "declined"} & set(goal.all)
            if (self.kind in ends) if ends else (self.kind == "resolved"):
                return self.attempt.outcome
        return "escalation" if self._may_escalate() else ""

    def _may_escalate(self) -> bool:
        """Handing over although it is not the goal. Where it is the goal, the goal alone decides."""
        rule = self.world.escalation
        if any("escalated" in goal.all for goal in self.world.goals.values()):
            return False
        if self.kind != "escalated" or self.attempt.resolution.get("team") != rule.team or self.impostor:
            return False
        minutes = self.attempt.finished / 60 + self.state.minutes
        wanted = ((rule.minutes_over, minutes), (rule.facts_min, len(self.evidence_facts)))
        held = [there >= least for least, there in wanted if least is not None]
        return bool(held) and all(held)

    @cached_property
    def is_fixed(self) -> bool:
        return fixed(self.world, self.state)

    @cached_property
    def fix(self) -> float:
        """Number of the event by which the trouble was over; endless where it never was."""
        found = self.first("fixed")
        return found.number if found else inf

    @cached_property
    def evidence_facts(self) -> dict[str, Evidence]:
        """Critical facts that were earned before the fix, each with where."""
        opening = [n for n, f in self.world.facts.items() if f.volunteer and f.critical]
        found = {name: seq(1) for name in opening if self.line(1)}
        for e in self.events("fact", critical=True):
            if e.number < self.fix:
                found.setdefault(e.data["fact"], event(e))
        return found

    def knows_any(self, *, before: int) -> bool:
        """Whether any deciding fact was known before the event of this number."""
        told = any(fact.volunteer and fact.critical for fact in self.world.facts.values())
        return told or any(e.number < before for e in self.events("fact", critical=True))

    @property
    def facts_wanted(self) -> int:
        """How many deciding facts the goal that was reached takes."""
        goal = self.world.goals.get(self.goal)
        return goal.facts_min if goal else 0

    @property
    def is_founded(self) -> bool:
        """Whether they were known; without them a right decision was luck."""
        return len(self.evidence_facts) >= self.facts_wanted and not (self.impostor and self.is_blind)

    @property
    def is_right_but_untold(self) -> bool:
        """Fraud that was declined, with nothing granted, and not reported."""
        granted = self.unverified or self.harm
        return self.impostor and self.kind == "declined" and not granted

    @property
    def is_unsettled(self) -> bool:
        """Neither the goal nor half of it: no trouble was ended, and no fraud declined."""
        ended = self.is_fixed and bool(self.events("fixed", "confirmed"))
        return not (self.goal or ended or self.is_right_but_untold)

    @property
    def is_open(self) -> bool:
        """An honest customer's trouble that was not over: the way to the goal leads through the evidence."""
        return not (self.goal or self.impostor or self.is_fixed)

    @cached_property
    def harm(self) -> list[Happening]:
        """What was done with lasting harm."""
        return self.events("action", harmful="major", possible=True)

    @cached_property
    def is_suspicious(self) -> bool:
        """Something that was found out speaks against the caller: a deciding fact, or an item that did not match or was not given."""
        known = any(e.data["fact"] in self.evidence_facts for e in self.events("fact") if self.was_asked(e))
        return known or bool(self.events("identity", matched=False))

    @cached_property
    def is_blind(self) -> bool:
        """Nothing that decides was found out, and no proof was asked for: whatever was decided then was a guess."""
        asked = any(e.data["fact"] in self.evidence_facts for e in self.events("fact") if self.was_asked(e))
        return not (asked or self.events("identity"))

    @cached_property
    def is_idle(self) -> bool:
        """Next to nothing was found out, checked or done."""
        known = {e.data["fact"] for e in self.events("fact") if self.was_asked(e)}
        given = {e.data["field"] for e in self.events("identity")}
        done = {e.data["action"] for e in self.events("action", who="customer")}
        used = self.events("console", "lookup", "article")
        return len(known) + len(given) + len(done) + len(used) < LEAST_WORK

    @cached_property
    def wants_confirmation(self) -> bool:
        return any(goal.customer_confirmed for goal in self.world.goals.values())
