"""From a reply plan to what the customer types. Only the plan's own words get in: nothing else is known here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from chat.customer.library import asked_as
from chat.voices.scripted import style
from chat.voices.scripted.wordings import INTERJECTION, OWN, Chooser, bank
from scenarios.personas import manner_of
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
FIRST = ("beat", "agree", "admit")
LAST = ("push", "warn", "hangup", "pressure")
TOLD = ("answer", "again", "belief", "dodge", "identity", "identity_again", "result", "declines")
BY_REF = ("pressure", "proved", "not_proved", "warm")
PLAIN = (*LAST, "beat", "admit", "boundary", "bye", "bye_again", "bye_unhappy", "gone", "secret")
# Friendliness wears off before these are said; they keep each tone's own words.
MOODS = (*LAST, "beat", "upset", "boundary", "bye_unhappy")
FILLER_CHANCE = {"short": 0.0, "medium": 0.1, "long": 0.35}
# What is said often, so that a person's own wordings for it would wear out.
EVERYDAY = ("answer", "seen", "result", "identity", "ok", "waiting", "agree", "did", "filler")
OWN_CHANCE = 0.75
OPENER_CHANCE, CLOSER_CHANCE = 0.35, 0.25
AFTERTHOUGHT_CHANCE = 0.4


def opening(world: World) -> str:
    """The first message: the ticket as the customer wrote it."""
    return world.ticket.opening


def speak(
    world: World, state: State, moves: Sequence[Move], dice: Random
) -> tuple[list[str], dict[str, list[int]]]:
    """The plan as one or two messages, and the wordings used so far (to keep in `state.wordings`)."""
    manner = manner_of(world.customer.persona)
    chooser = Chooser(dice, {pool: list(used) for pool, used in state.wordings.items()}, manner.words)
    voice = Voice(world, band(state), chooser)
    messages = [voice.message(group) for group in _messages(_once(moves))]
    return voice.rambled(messages, moves), chooser.used


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
        self.bank = manner_of(self.persona).bank or self.persona.tone
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
                words = self._grieved(self._worded(self._pool(move), move, opens=not said), move)
                said = f"{self._ended(said)} {words}" if said else words
            told = telling
        return self._ended(said) if self.persona.tone == "formal" and not said.startswith("(") else said

    def rambled(self, messages: list[str], moves: Sequence[Move]) -> list[str]:
        """The messages with what talkative people add after telling something, now and then as an afterthought."""
        if not moves or moves[-1].kind not in TOLD or not self._rambles():
            return messages
        aside = self._worded("filler", Move("filler"))
        if len(messages) == 1 and self.chooser.dice.random() < AFTERTHOUGHT_CHANCE:
            return [*messages, aside]
        return [*messages[:-1], f"{self._ended(messages[-1])} {aside}"]

    def _pool(self, move: Move) -> str:
        """Which wordings a move takes: what is seen on a device is told otherwise than what is known."""
        if move.ref and move.kind in BY_REF:
            return f"{move.kind}_{move.ref}"
        fact = self.world.facts.get(move.ref)
        if fact and fact.holder == "device" and move.kind in ("answer", "again"):
            return {"answer": "seen", "again": "seen_again"}[move.kind]
        bare = f"{move.kind}_bare"
        return bare if not move.text and bare in bank() else move.kind

    def _worded(self, pool: str, move: Move, *, opens: bool = False) -> str:
        tone = self._tone(pool)
        wording = self.chooser.pick(pool, tone, text=move.text, short=self._terse())
        if tone == OWN or not opens or move.kind in PLAIN or self._soured():
            return self._put(wording, move)
        return self._put(self._decorated(wording, move), move)

    def _decorated(self, wording: str, move: Move) -> str:
        """A wording that anybody could say, now and then with a word of theirs before or after it."""
        own, dice = self.chooser.own, self.chooser.dice.random()
        begins = move.text if wording.startswith("{text}") else wording
        if "opener" in own and dice < OPENER_CHANCE and not INTERJECTION.match(begins):
            return style.opened(self.chooser.pick("opener", OWN), wording)
        if "closer" in own and dice > 1 - CLOSER_CHANCE and not wording.endswith("{text}"):
            return style.closed(wording, self.chooser.pick("closer", OWN))
        return wording

    def _grieved(self, words: str, move: Move) -> str:
        """What made the mood turn is said before it shows."""
        pool = f"upset_{move.ref}"
        if move.kind not in ("push", "warn") or pool not in bank():
            return words
        return f"{self._ended(self._worded(pool, Move(pool)))} {words}"

    def _told_too(self, move: Move) -> str:
        """What comes second goes without a frame of its own."""
        if move.kind not in ("identity", "identity_again"):
            return move.text
        return self._worded("identity_more", move)

    def _joined(self, said: str, more: str) -> str:
        joint = self._typed(self.chooser.pick("connective", self._tone("connective")))
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
        return style.filled(self._typed(wording), slots, self.persona)

    def _typed(self, wording: str) -> str:
        return style.typed(wording, self.persona, self.chooser.dice)

    def _ended(self, said: str) -> str:
        return style.ended(said, self.persona)

    def _options(self, names: tuple[str, ...]) -> str:
        asked = list(
            dict.fromkeys(style.pet_names(asked_as(self.world, name), self.persona) for name in names)
        )
        return " or ".join([", ".join(asked[:-1]), asked[-1]] if asked[1:] else asked)

    def _tone(self, pool: str) -> str:
        """Their own wordings, mostly; friendliness wears off when they are cross, save in what is said of it."""
        often = pool not in EVERYDAY or self.chooser.dice.random() < OWN_CHANCE
        if pool in self.chooser.own and often and not (self._soured() and pool in EVERYDAY):
            return OWN
        return "neutral" if self._soured() and not pool.startswith(MOODS) else self.bank

    def _soured(self) -> bool:
        return self.persona.tone == "friendly" and self.cross

    def _terse(self) -> bool:
        return self.cross or self.persona.verbosity == "short"

    def _rambles(self) -> bool:
        return not self.cross and self.chooser.dice.random() < FILLER_CHANCE[self.persona.verbosity]
