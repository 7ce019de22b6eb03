"""The record of an attempt: log, hearing and clock, and the questions that criteria ask about the case."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import inf

from assessment.scoring.attempt import Happening
from assessment.scoring.clock import Clock
from assessment.scoring.hearing import Understood
from assessment.scoring.log import Evidence, event, seq
from scenarios.world.document import LEVELS
from scenarios.world.state import IDENTITY_ACTS, POSSESSION, at_least, fixed

PROVING = frozenset({*IDENTITY_ACTS, *POSSESSION})
TRIAGING = frozenset({"f_scope", "f_impact"})
LEAST_WORK = 2  # facts, items of identity, steps of the customer, uses of the desk


@dataclass(frozen=True)
class Detour:
    """A move that the case did not need: an act or the name of something in the console, and where.

    `is_wasted`: it could not help or had been made before; another question might have.
    """

    name: str
    evidence: Evidence
    is_wasted: bool


class Record(Clock):
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
        own = self.world.identity.directory.employee_id
        opened = any(own in e.data["found"] for e in self.events("lookup", where="directory"))
        return opened or any(e.data["field"] in POSSESSION for e in self.proofs)

    @cached_property
    def out_of_band(self) -> list[Happening]:
        return [e for e in self.events("identity") if e.data["field"] in POSSESSION]

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
        late = rule.minutes_over is not None and minutes >= rule.minutes_over
        shown = rule.facts_min is not None and len(self.evidence_facts) >= rule.facts_min
        return late or shown

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

    @property
    def facts_wanted(self) -> int:
        """How many deciding facts the goal that was reached takes."""
        goal = self.world.goals.get(self.goal)
        return goal.facts_min if goal else 0

    @property
    def is_founded(self) -> bool:
        """Whether they were known; without them the right end was luck."""
        return len(self.evidence_facts) >= self.facts_wanted and not (self.impostor and self.is_blind)

    @property
    def is_right_but_untold(self) -> bool:
        """Fraud that was declined, with nothing granted, and not reported."""
        granted = self.unverified or self.events("action", harmful="major", possible=True)
        return self.impostor and self.kind == "declined" and not granted

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

    # the moves of the solver's kind

    @cached_property
    def detours(self) -> tuple[Detour, ...]:
        """Moves that are on no shortest way and that nothing called for; a second time is a detour too."""
        way, made = Counter(self.attempt.way), Counter[str]()
        found: list[Detour] = []
        for name, evidence, number in self._made:
            again = any(evidence == detour.evidence for detour in found)
            move = f"use {name}" if "event" in evidence else f"ask {name}"
            if way[move]:
                way[move] -= 1
            elif not (again or number in self._telling or self._is_called_for(name, made)):
                again_for_nothing = bool(made[name]) and number not in self._finding
                found.append(Detour(name, evidence, again_for_nothing or self._is_vain(name)))
            made[name] += 1
        return tuple(found)

    def _is_called_for(self, name: str, made: Counter[str]) -> bool:
        """Proof, and once what impact and urgency rest on, or the way that policy leaves open and the caller may decline."""
        offer = self.world.actions.get(self.world.action_for(name) or "")
        once = name in TRIAGING or (offer is not None and offer.declines)
        return name in PROVING or (once and not made[name])

    def _is_vain(self, name: str) -> bool:
        """An action that changes nothing here, or does harm."""
        action = self.world.actions.get(name) or self.world.actions.get(self.world.action_for(name) or "")
        return action is not None and (action.distractor or bool(action.harmful))

    @cached_property
    def _made(self) -> list[tuple[str, Evidence, object]]:
        """(act or console name, where, what its events name as their cause) of each move, in order."""
        talk = [
            (u.number, name, seq(u.seq), u.seq)
            for u in self.understood
            for name, _ in u.acts
            if self._is_move(name) and self.is_plain(u, name) and not self._is_free(name, u)
        ]
        console = [(e.number, e.data["action"], event(e), e.data["run"]) for e in self.events("console")]
        return [(name, evidence, cause) for _, name, evidence, cause in sorted([*talk, *console])]

    @cached_property
    def _telling(self) -> frozenset[object]:
        """Messages and uses of the console that earned a fact which decides or belongs into the notes, or brought the fix."""
        noted = {point.fact for point in self.world.documentation.must_mention}
        facts = [e for e in self.events("fact") if e.data["critical"] or e.data["fact"] in noted]
        told = [*facts, *self.events("fixed", "confirmed")]
        return frozenset(e.data.get("run", e.data.get("seq")) for e in told)

    @cached_property
    def _finding(self) -> frozenset[object]:
        """Messages and uses of the console that earned any fact."""
        return frozenset(e.data.get("run", e.data.get("seq")) for e in self.events("fact"))

    def _is_free(self, act: str, message: Understood) -> bool:
        """Asking again whether it works, once it was seen to work; finding out what was only claimed; what nobody took up."""
        confirmed = self.first("confirmed")
        if act == "confirm_fix" and confirmed is not None and message.number > confirmed.number:
            return True
        if act == "f_screen" and message.seq in self._uncovering:
            return True
        asked_for = act.startswith("a_") and self.world.action_for(act)
        return message.seq in self._helping or bool(
            asked_for and (asked_for, message.seq) not in self._taken_up
        )

    @cached_property
    def _taken_up(self) -> frozenset[tuple[str, int]]:
        """(action of the customer, line of its turn)."""
        done = self.events("action", who="customer")
        return frozenset((e.data["action"], u.seq) for e in done for u in self.turn_of(e))

    @cached_property
    def _helping(self) -> frozenset[int]:
        """Messages that the customer answered by asking how to do it: what follows is the same move."""
        turns = [e for e in self.events("turn") if any(move[0] == "ask_help" for move in e.data["moves"])]
        return frozenset(u.seq for e in turns for u in self.turn_of(e))

    @cached_property
    def _uncovering(self) -> frozenset[object]:
        return frozenset(e.data.get("seq") for e in self.events("claim_uncovered"))

    @cached_property
    def moves(self) -> int:
        """One act one move: questions, instructions, the test, uses of the console, the end. Care costs nothing."""
        return len(self._made) + 1

    def _is_move(self, act: str) -> bool:
        if act == "confirm_fix" or act in IDENTITY_ACTS or act.startswith(("f_", "a_")):
            return True
        return bool(self.world.action_for(act) or self.world.answers_to(act))
