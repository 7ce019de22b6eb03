"""From a reply plan to what the customer types. Only the plan's own words get in: nothing else is known here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from chat.customer.library import acts
from chat.voices.scripted import style
from chat.voices.scripted.wordings import Chooser, bank
from scenarios.world.answering import band
from scenarios.world.document import World
from scenarios.world.state import State
from scenarios.world.turn import Move

FIELDS = {
    "name": "full name",
    "username": "user name",
    "employee_id": "employee number",
    "asset_tag": "asset tag",
    "department": "department",
    "manager": "manager's name",
    "phone_on_file": "number on file",
    "callback": "call",
    "push_code": "code",
}
# Sent as a message of its own before the rest, or after it.
FIRST = ("agree", "admit")
LAST = ("beat", "push", "warn", "hangup", "pressure")
TOLD = ("answer", "again", "belief", "dodge", "identity", "identity_again", "result")
BY_REF = ("pressure", "proved", "not_proved")
# Friendliness wears off before these are said; they keep each tone's own words.
MOODS = (*LAST, "upset", "boundary", "bye_unhappy")
FILLER_CHANCE = {"short": 0.0, "medium": 0.08, "long": 0.35}


def opening(world: World) -> str:
    """The first message: the ticket as the customer wrote it."""
    return world.ticket.opening


def speak(
    world: World, state: State, moves: Sequence[Move], dice: Random
) -> tuple[list[str], dict[str, list[int]]]:
    """The plan as one or two messages, and the wordings used so far (to keep in `state.wordings`)."""
    chooser = Chooser(dice, {pool: list(used) for pool, used in state.wordings.items()})
    voice = Voice(world, band(state), chooser)
    messages = [voice.message(group) for group in _messages(_once(moves))]
    return messages, chooser.used


def _once(moves: Sequence[Move]) -> list[Move]:
    """Nobody says "no idea", or the same fact, twice in one breath."""
    kept: dict[tuple[str, ...], Move] = {}
    for move in moves:
        about = move.ref if move.ref in FIELDS or move.kind in BY_REF else ""
        same = ("told", move.text) if move.kind in TOLD else (move.kind, about, move.text, *move.options)
        kept.setdefault(same, move)
    return list(kept.values())


def _messages(moves: list[Move]) -> Iterator[list[Move]]:
    """At most two groups: what is said before doing or before the mood breaks through, and the rest."""
    for kinds, offset in ((FIRST, 1), (LAST, 0)):
        cut = next((i + offset for i, move in enumerate(moves) if move.kind in kinds), 0)
        if 0 < cut < len(moves):
            yield moves[:cut]
            yield moves[cut:]
            return
    if moves:
        yield moves


@dataclass
class Voice:
    """One customer in the mood of this turn."""

    world: World
    mood: str
    chooser: Chooser
    cross: bool = field(init=False)

    def __post_init__(self) -> None:
        self.persona = self.world.customer.persona
        self.cross = self.mood in ("curt", "warning")

    def message(self, moves: list[Move]) -> str:
        """The moves as one message; what is told after something told is joined to it."""
        said = ""
        told = False
        for move in moves:
            telling = move.kind in TOLD
            if told and telling:
                said = self._joined(said, self._told_too(move))
            else:
                words = self._worded(self._pool(move), move)
                said = f"{style.ended(said)} {words}" if said else words
            told = telling
        if told and self._rambles():
            said = f"{style.ended(said)} {self._worded('filler', Move('filler'))}"
        return style.ended(said) if self.persona.tone == "formal" and not said.startswith("(") else said

    def _pool(self, move: Move) -> str:
        """Which wordings a move takes: what is seen on a device is told otherwise than what is known."""
        if move.kind in BY_REF:
            return f"{move.kind}_{move.ref}"
        fact = self.world.facts.get(move.ref)
        if fact and fact.holder == "device" and move.kind in ("answer", "again"):
            return {"answer": "seen", "again": "seen_again"}[move.kind]
        bare = f"{move.kind}_bare"
        return bare if not move.text and bare in bank() else move.kind

    def _worded(self, pool: str, move: Move) -> str:
        wording = self.chooser.pick(pool, self._tone(pool), text=move.text, short=self._terse())
        return self._put(wording, move)

    def _told_too(self, move: Move) -> str:
        """What comes second goes without a frame of its own."""
        if move.kind not in ("identity", "identity_again"):
            return move.text
        return self._worded("identity_more", move)

    def _joined(self, said: str, more: str) -> str:
        joint = style.typed(
            self.chooser.pick("connective", self._tone("connective")), self.persona, self.chooser.dice
        )
        if said.endswith(style.END):
            joint = " " + joint.lstrip(",. ")
            joint = joint if style.casual(self.persona) else " " + joint[1:2].upper() + joint[2:]
        return style.filled(f"{said}{joint}{{text}}", {"text": more}, self.persona)

    def _put(self, wording: str, move: Move) -> str:
        slots = {
            "text": move.text,
            "name": self.world.customer.name.split()[0],
            "field": FIELDS.get(move.ref, move.ref.replace("_", " ")),
            "options": self._options(move.options),
        }
        return style.filled(style.typed(wording, self.persona, self.chooser.dice), slots, self.persona)

    def _options(self, names: tuple[str, ...]) -> str:
        asked = list(dict.fromkeys(style.pet_names(_ask(self.world, name), self.persona) for name in names))
        return " or ".join([", ".join(asked[:-1]), asked[-1]] if asked[1:] else asked)

    def _tone(self, pool: str) -> str:
        tone = self.persona.tone
        return "neutral" if tone == "friendly" and self.cross and not pool.startswith(MOODS) else tone

    def _terse(self) -> bool:
        return self.cross or self.persona.verbosity == "short"

    def _rambles(self) -> bool:
        return not self.cross and self.chooser.dice.random() < FILLER_CHANCE[self.persona.verbosity]


def _ask(world: World, name: str) -> str:
    """An act in the customer's words, for "do you mean … or …?"."""
    if name in acts():
        return acts()[name].ask
    action = world.action_for(name)
    label = world.actions[action].label if action else None
    return (
        label[:1].lower() + label[1:]
        if label
        else name.removeprefix("a_").removeprefix("f_").replace("_", " ")
    )
