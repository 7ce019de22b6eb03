"""How able players work at a desk: moves in words, again in other words where they were not understood."""

from abc import ABC, abstractmethod
from collections import Counter

from assessment.players.desk import Answer, Desk
from assessment.players.wording import filled, in_words, listed, ways_to_say
from scenarios.world.document import World
from scenarios.world.state import IDENTITY_ACTS, POSSESSION, at_least, holds, level, matches, shows

TRIES = 3
HOLD_MINUTES = 2
COURTESIES = ("empathise", "thank", "empathise", "apologise", "paraphrase")
ITEMS = {
    "name": "your full name",
    "username": "your user name",
    "employee_id": "your employee number",
    "asset_tag": "the asset tag on your device",
    "manager": "the name of your manager",
    "phone_on_file": "the phone number we have on record",
}
ACTS = {factor: act for act, factor in IDENTITY_ACTS.items()}


class Analyst(ABC):
    """Ways of working that players share; what they leave out is their policy's business."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.made: Counter[str] = Counter()  # moves, as the solver names them
        self.heard = Answer()  # the last thing that the customer did or said

    @abstractmethod
    def play(self) -> None:
        """From the first message to the closed ticket."""

    @property
    def world(self) -> World:
        return self.desk.world

    @property
    def gone(self) -> bool:
        return bool(self.desk.state.left)

    @property
    def ending(self) -> str:
        """How the way ends: resolved, escalated or declined."""
        return self.desk.way[-1].removeprefix("end ")

    def say(self, *acts: str, **values: str) -> Answer:
        """Several acts in one message, each in its first wording."""
        self.made.update(f"ask {act}" for act in acts)
        self.heard = self.desk.say(" ".join(self._ways(act, **values)[0] for act in acts))
        return self.heard

    def tell(self, act: str, **values: str) -> bool:
        """One act; again in other words where the customer asks back or does not do it. Whether it came across."""
        self.made[f"ask {act}"] += 1
        action = self.world.action_for(act)
        for text in self._ways(act, **values)[:TRIES]:
            self.heard = self.desk.say(text)
            if (action in self.heard.done) if action else self.heard.understood(act):
                return True
            if self.gone:
                break
        return False

    def _ways(self, act: str, **values: str) -> list[str]:
        """The wordings; what was put one way before is put another way now."""
        known = {"ticket": self.desk.ticket, **values}
        ways = [filled(text, self.world, **known) for text in ways_to_say(self.world, act, self.desk.dice)]
        turn = max(0, self.made[f"ask {act}"] - 1) % len(ways)
        return [*ways[turn:], *ways[:turn]]

    # who is calling

    def level_needed(self) -> str:
        """The highest that the goals want, or the gates of the actions on the way."""
        wanted = [str(goal.all.get("verified", "none")) for goal in self.world.goals.values()]
        used = [move.removeprefix("use ") for move in self.desk.way if move.startswith("use ")]
        wanted += [self.world.actions[name].gate for name in used if name in self.world.actions]
        return next(known for known in ("high", "low", "none") if known in wanted)

    def is_verified(self, needed: str) -> bool:
        return at_least(level(self.world, self.desk.state), needed)

    def prove(self, needed: str) -> None:
        """Asks for what the policy of this level names, two items at a time, and compares each with the record."""
        rules = getattr(self.world.identity.policy, needed, [])
        factors = list(dict.fromkeys(factor for rule in rules for factor in rule.of))
        items, possession = [f for f in factors if f in ITEMS], [f for f in factors if f in POSSESSION]
        enough = max((rule.any for rule in rules), default=0)
        while items and not (self.is_verified(needed) or self.gone):
            now, items = items[:enough], items[enough:]
            self.ask_items(now)
            self.compare(now)
            enough = 1
        for factor in possession:
            if not (self.is_verified(needed) or self.gone):
                self.tell(ACTS[factor])
                self.compare([factor])

    def ask_items(self, factors: list[str]) -> None:
        """In one message; what was not heard in it, by itself."""
        if len(factors) == 1:
            self.tell(ACTS[factors[0]])
            return
        self.made.update(f"ask {ACTS[factor]}" for factor in factors)
        wanted = listed(f"what is {ITEMS[factor]}" for factor in factors)
        answer = self.desk.say(f"To be sure who I am talking to: {wanted}?")
        for factor in factors:
            if not answer.understood(ACTS[factor]):
                self.tell(ACTS[factor])

    def compare(self, factors: list[str]) -> None:
        """With the record, which is looked up once."""
        if not self.made["look"]:
            self.made["look"] += 1
            self.desk.look(self.world.identity.directory.name)
        for factor in factors:
            value = self.desk.state.answered.get(factor)
            if value and factor not in POSSESSION:
                self.desk.mark(factor, "match" if matches(self.world, factor, value) else "mismatch")

    # what is true

    def earn(self, name: str) -> None:
        """One fact, by the way that its holder allows."""
        fact = self.world.facts[name]
        self.win_trust(fact.trust_min)
        if fact.tool:
            self.use(fact.tool)
        elif fact.observe:
            self.instruct(self.world.actions[fact.observe].intent or fact.observe)
        for act in (*fact.ask, *fact.ask):  # one answer a question: another fact may come first
            if name not in self.desk.state.earned and not self.gone:
                self.tell(act)

    def win_trust(self, needed: int) -> None:
        for courtesy in COURTESIES:
            if self.desk.state.trust < needed:
                self.tell(courtesy)

    def can_be_earned(self, name: str) -> bool:
        """Whether it shows now, and looking does no harm."""
        fact, state = self.world.facts[name], self.desk.state
        look = self.world.actions.get(fact.observe or "")
        shown = name not in state.earned and shows(self.world, state, name)
        return shown and (look is None or (not look.harmful and holds(self.world, state, look.pre)))

    # what is done

    def use(self, name: str) -> None:
        """The console, after the customer was told that it takes a moment."""
        self.made[f"use {name}"] += 1
        if self.desk.state.held_s <= self.desk.at:
            self.hold(HOLD_MINUTES)
        self.desk.use(name)

    def hold(self, minutes: int) -> None:
        self.tell("hold", minutes=in_words(minutes))

    def instruct(self, act: str) -> None:
        """Has the customer do something, and asks what is seen where they may only claim to have done it."""
        self.tell(act)
        state = self.desk.state
        if set(state.claimed) - set(state.done):
            self.tell("f_screen")
