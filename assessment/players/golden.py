"""Plays golden attempts on paper: the same policy as it is written, and with every second wording first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from assessment.players.desk import PROOFS, Answer, Desk
from assessment.players.golden_file import Golden, GoldenFile, Move
from assessment.players.paper import Paper
from assessment.players.wording import filled
from chat.customer import library
from chat.customer.understanding import Classifier, Listener, fit
from scenarios.reading import Document
from scenarios.world.passing import minute
from scenarios.world.solver import shortest_path
from scenarios.world.state import FACTORS

PACE = 20.0  # seconds that the customer waits for a reply, unless the move says otherwise
LONGEST_WAIT = 1800.0
ANALYST = "Robin"
ASKED_BACK = frozenset({"clarify", "puzzled", "waiting", "ask_help", "doubt"})
UPSET = frozenset({"push", "warn", "upset"})


@dataclass(frozen=True)
class Heard:
    """A reply of the policy: what was said, what it was taken for, whether it came across."""

    move: int  # from 1
    texts: tuple[str, ...]
    acts: tuple[str, ...]
    lacking: tuple[str, ...]
    extra: tuple[str, ...]  # acts with consequences that were not meant
    asked_back: bool

    @property
    def understood(self) -> bool:
        return not (self.lacking or self.extra or self.asked_back)


@dataclass
class Scene:
    """A scenario of the pack, ready to be played in any variant."""

    document: Document
    ways: dict[str, tuple[str, ...]] = field(default_factory=dict)  # shortest justified paths by variant

    @cached_property
    def _classifier(self) -> Classifier:
        return Classifier(fit(*self.document.worlds.values()))

    def desk(self, variant: str, seed: int) -> Paper:
        world = self.document.worlds[variant]
        if variant not in self.ways:
            path = shortest_path(world)
            self.ways[variant] = path.moves if path else ()
        return Paper(world, self.ways[variant], seed, listener=Listener(world, self._classifier))

    def faults(self, file: GoldenFile) -> Iterator[str]:
        """Names in the file that this scenario does not have."""
        world = self.document.worlds.get(file.golden.variant)
        if world is None:
            known = ", ".join(self.document.worlds)
            yield file.fault(f"there is no variant {file.golden.variant}; there are {known}", "variant")
            return
        console = {*world.tools, *PROOFS, *(n for n, a in world.actions.items() if a.who == "learner")}
        own = {i for f in world.facts.values() for i in f.ask} | {a.intent for a in world.actions.values()}
        acts = {*library.acts(), *own, *world.nlu.extra_phrases}
        known_when = {"unknown": [*world.facts], "undone": [*world.actions], "unanswered": [*FACTORS]}
        for number, move in enumerate(file.golden.moves):
            kind, _, name = (move.when or "").partition(" ")
            if name and name not in known_when[kind]:
                known = ", ".join(known_when[kind])
                yield file.fault(f"there is no {name} here; there are {known}", "moves", number, "when")
            if move.use and move.use not in console:
                known = ", ".join(sorted(console))
                yield file.fault(f"the console has no {move.use}; there are {known}", "moves", number, "use")
            for act in set(move.means) - acts:
                yield file.fault(f"there is no act {act}", "moves", number, "means")


@dataclass
class Player:
    """One play of a policy at a desk. `reworded`: the second wordings come first."""

    golden: Golden
    desk: Desk
    reworded: bool = False
    heard: list[Heard] = field(default_factory=list)
    last: Answer = field(default_factory=Answer)

    def play(self) -> None:
        for number, move in enumerate(self.golden.moves, 1):
            if self._is_due(move):
                self._make(number, move)

    @property
    def understood(self) -> bool:
        """Whether every reply came across."""
        return all(heard.understood for heard in self.heard)

    def _is_due(self, move: Move) -> bool:
        state, (kind, _, name) = self.desk.state, (move.when or "").partition(" ")
        match kind:
            case "claimed":
                return bool(set(state.claimed) - set(state.done))
            case "upset":
                return bool(UPSET & set(self.last.moves))
            case "unconfirmed":
                return not state.confirmed
            case "unknown":
                return name not in state.earned
            case "undone":
                return name not in state.done
            case "unanswered":
                return name not in state.answered
        return True

    def _make(self, number: int, move: Move) -> None:
        desk = self.desk
        if move.say and move.second:
            return self._say(number, move, move.say, move.second)
        desk.wait(move.after or 0.0)
        if move.look:
            desk.look(move.look)
        for factor, outcome in (move.mark or {}).items():
            desk.mark(factor, outcome)
        if move.search:
            desk.search(move.search)
        if move.open:
            desk.open(move.open)
        if move.use:
            desk.use(move.use)
        if move.triage:
            desk.triage(**move.triage.model_dump(exclude_none=True))
        if move.note:
            desk.note(self._filled(move.note))
        if move.wait is not None:
            desk.wait(self._until_due() if move.wait == "due" else move.wait)
        if move.resolve:
            written = move.resolve.model_dump()
            written["reason"] = self._filled(move.resolve.reason)
            written["documentation"] = {
                name: self._filled(text) for name, text in written["documentation"].items()
            }
            desk.resolve(written)

    def _say(self, number: int, move: Move, first: str, second: str) -> None:
        """The second wording follows where the first was asked back, at the usual pace."""
        if self.desk.state.left:
            return
        texts = [self._filled(text) for text in ((second, first) if self.reworded else (first, second))]
        self.desk.pace = PACE if move.after is None else move.after
        acts: list[str] = []
        said = 0
        for text in texts:
            self.last = self.desk.say(text)
            said += 1
            acts += [act.name for act in self.last.acts]
            asked_back = bool(ASKED_BACK & set(self.last.moves))
            if not asked_back or self.desk.state.left:
                break
            self.desk.pace = PACE
        lacking = tuple(act for act in move.means if act not in acts)
        extra = tuple(
            act for act in acts if move.means and act not in move.means and library.is_changing(act)
        )
        self.heard.append(Heard(number, tuple(texts[:said]), tuple(acts), lacking, extra, asked_back))

    def _filled(self, text: str) -> str:
        name = self.desk.world.customer.name.split()[0]
        return filled(text, self.desk.world, customer=name, analyst=ANALYST, ticket=self.desk.ticket)

    def _until_due(self) -> float:
        """Seconds until the next effect or beat of the story; 0 where nothing is to come."""
        state, world = self.desk.state, self.desk.world
        moments = [float(waiting["at"]) for waiting in state.due]
        moments = moments or [
            float(b.minute) for name, b in world.beats.items() if name not in state.happened
        ]
        ahead = [60 * (moment - minute(state, self.desk.at)) + 1 for moment in moments]
        return min(LONGEST_WAIT, max(0.0, min(ahead, default=0.0)))
