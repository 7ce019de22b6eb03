"""The record of an attempt: its case, and the moves that were made in it."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from assessment.scoring.case import Case
from assessment.scoring.hearing import Understood
from assessment.scoring.log import Evidence, event, seq
from scenarios.world.state import IDENTITY_ACTS, POSSESSION

PROVING = frozenset({*IDENTITY_ACTS, *POSSESSION})
ROUTINE = frozenset({"f_scope", "f_impact", "f_when"})  # what any ticket may be asked once


@dataclass(frozen=True)
class Detour:
    """A move that the case did not need: an act or the name of something in the console, and where.

    `is_wasted`: it could not help or had been made before; another question might have.
    """

    name: str
    evidence: Evidence
    is_wasted: bool


class Record(Case):
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
            elif not (again or number in self._telling or self._is_called_for(name, number, made)):
                again_for_nothing = bool(made[name]) and number not in self._finding
                found.append(Detour(name, evidence, again_for_nothing or self._is_vain(name)))
            made[name] += 1
        return tuple(found)

    @cached_property
    def minutes_beyond(self) -> int:
        """World minutes that steps took beyond those of the shortest way."""
        way = [move.partition(" ")[2] for move in self.attempt.way]
        steps = [
            self.world.actions.get(name) or self.world.actions.get(self.world.action_for(name) or "")
            for name in way
        ]
        needed = sum(step.cost.minutes for step in steps if step)
        return max(0, sum(int(e.data.get("minutes", 0)) for e in self.events("action")) - needed)

    def _is_called_for(self, name: str, number: object, made: Counter[str]) -> bool:
        """Proof, and once: the routine questions, a look-up, or the way that policy leaves open and the caller may decline."""
        offer = self.world.actions.get(self.world.action_for(name) or "")
        if made[name] and name in self.world.tools and number in self._finding:
            return True  # a second look that shows what a change has done
        once = name in ROUTINE or name in self.world.tools or (offer is not None and offer.declines)
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
        """Asking again whether it works, once it was seen to work; finding out what was only claimed; what nobody took up; what is
        still offered when all is over and takes no time: where a new one waits.
        """
        confirmed = self.first("confirmed")
        if act == "confirm_fix" and confirmed is not None and message.number > confirmed.number:
            return True
        if act == "f_screen" and message.seq in self._uncovering:
            return True
        asked_for = act.startswith("a_") and self.world.action_for(act)
        offer = self.world.actions.get(asked_for or "")
        if offer and message.number > self.fix and not (offer.cost.minutes or self._is_vain(act)):
            return True
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
