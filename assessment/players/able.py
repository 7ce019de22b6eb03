"""Players who know the work: the expert, and the trusting one who believes everything."""

from itertools import pairwise
from math import ceil

from assessment.players.analyst import ITEMS, TRIES, Analyst
from assessment.players.desk import Resolution
from assessment.players.notes import true_notes
from assessment.players.wording import sentence
from scenarios.world.passing import minute
from scenarios.world.state import IDENTITY_ACTS, POSSESSION, failed, holds, shows

FEELINGS = ("push", "warn", "upset")


class Expert(Analyst):
    """Proves, finds the evidence, follows the shortest justified way, explains, tests, and writes down the truth."""

    def play(self) -> None:
        world, desk = self.world, self.desk
        self.say("greet", "empathise")
        desk.triage(**world.ticket.expected.model_dump())
        self.prove(self.level_needed())
        desk.read(world.ticket.subject, world.knowledge.right)
        for move, following in pairwise(desk.way):
            self.find_evidence()
            self.make(move, following)
            self.care()
        self.find_evidence()
        self.close()
        desk.resolve(true_notes(desk, self.ending, [world.knowledge.right]))

    def find_evidence(self) -> None:
        """All facts that decide the case and can be had now."""
        for name in self.world.critical_facts():
            if self.can_be_earned(name) and not self.gone:
                self.earn(name)

    def make(self, move: str, following: str = "") -> None:
        """A move of the way, unless it was made before or the proof is there already; `following` is the next."""
        verb, _, name = move.partition(" ")
        if self.gone or name in (*IDENTITY_ACTS, *POSSESSION):
            return
        if verb == "wait":
            self.await_change(following)
        elif self.made[move]:
            self.made[move] -= 1
        elif verb == "use":
            self.use(name)
        elif self.world.action_for(name):
            self.instruct(name)
        else:
            self.tell(name)

    def await_change(self, following: str) -> None:
        """What was set going takes its time, and so does the story: says how long, and is back by then."""
        state = self.desk.state
        moments = [float(waiting["at"]) for waiting in state.due]
        if not moments and not self.is_ready(following):
            beats = [(name, beat) for name, beat in self.world.beats.items() if beat.set]
            moments = [float(beat.minute) for name, beat in beats if name not in state.happened]
        if moments and not self.gone:
            minutes = max(0.0, min(moments) - minute(state, self.desk.at))
            self.hold(ceil(minutes) or 1)
            self.desk.wait(60 * minutes)

    def is_ready(self, move: str) -> bool:
        """Whether a move would do or show something by now."""
        world, state, name = self.world, self.desk.state, move.partition(" ")[2]
        action = world.actions.get(name) or world.actions.get(world.action_for(name) or "")
        if action:
            branches = [branch for branch in action.effects if not branch.otherwise]
            does = not branches or any(holds(world, state, branch.when) for branch in branches)
            return does and holds(world, state, action.pre)
        asked = [n for n, fact in world.facts.items() if fact.tool == name or name in fact.ask]
        hidden = [n for n in asked if n not in state.earned]
        return not hidden or any(shows(world, state, n) for n in hidden)

    def care(self) -> None:
        """Answers a feeling before anything else."""
        if set(self.heard.moves) & set(FEELINGS):
            self.tell("empathise")

    def close(self) -> None:
        if self.ending == "declined":
            return self.decline()
        if self.ending == "escalated":
            self.explain()
            self.tell("escalate", team=self.world.escalation.team.replace("-", " "))
            self.tell("set_expectation")
        else:
            self.confirm()
            self.explain()
        self.tell("thank")
        self.say("give_ticket", "close")

    def confirm(self) -> None:
        """The customer tries it; asked again as long as it was not seen to work."""
        wanted = any(goal.customer_confirmed for goal in self.world.goals.values())
        for _ in range(TRIES):
            if wanted and not self.desk.state.confirmed and not self.gone:
                self.tell("confirm_fix")

    def explain(self) -> None:
        """The cause, in one of the author's ways; another one where it was not taken for the cause."""
        for cause in self.world.root_cause.say_any[:TRIES]:
            if self.tell("explain_cause", cause=cause):
                return

    def decline(self) -> None:
        """Proof that data cannot replace; without it, no."""
        self.tell("id_callback")
        self.tell("refuse_policy")
        self.say("give_ticket", "close")


class Trusting(Expert):
    """Friendly and able, and takes everybody's word: for who they are, for what they did, for what it is."""

    def play(self) -> None:
        world, desk = self.world, self.desk
        self.say("greet", "empathise")
        desk.triage(**world.ticket.expected.model_dump())
        self.believe_identity()
        for name in world.critical_facts():
            if world.facts[name].holder == "customer" and self.can_be_earned(name) and not self.gone:
                self.earn(name)
        for move in self.wanted():
            self.make(move)
        self.tell("thank")
        self.say("give_ticket", "close")
        desk.resolve(self.believing_notes())

    def believe_identity(self) -> None:
        """Asks for items of the low level once, and takes what comes for a match."""
        rules = self.world.identity.policy.low
        items = [factor for rule in rules for factor in rule.of if factor in ITEMS]
        self.ask_items(items[: max((rule.any for rule in rules), default=0)])
        for factor in items:
            if factor in self.desk.state.answered:
                self.desk.mark(factor, "match")

    def instruct(self, act: str) -> None:
        """What they say they did, they did."""
        self.tell(act)

    def wanted(self) -> list[str]:
        """What is asked for: on an honest ticket what the way changes, on fraud what the fraud is after."""
        if self.ending == "declined":
            return [f"use {name}" for name in self.world.actions if self.grants_fraud(name)][:1]
        return [move for move in self.desk.way[:-1] if self.changes(move)]

    def changes(self, move: str) -> bool:
        name = move.partition(" ")[2]
        action = self.world.actions.get(name) or self.world.actions.get(self.world.action_for(name) or "")
        return action is not None and bool(action.effects)

    def grants_fraud(self, name: str) -> bool:
        """Whether the scenario has failed once this is done in the console."""
        action, after = self.world.actions[name], self.desk.state.copy()
        for effect in action.effects:
            after.vars.update(effect.set)
        return action.who == "learner" and failed(self.world, after)

    def believing_notes(self) -> Resolution:
        """True as far as they know; the cause as the customer sees it, where they have a view."""
        kind = "resolved" if self.ending == "declined" else self.ending
        notes = true_notes(self.desk, kind, [])
        beliefs = [sentence(belief.say) for belief in self.world.beliefs.values()]
        if beliefs:
            notes["documentation"]["cause"] = f"The customer says: {beliefs[0]}"
        return notes
