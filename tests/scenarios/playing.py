"""The world core played by hand: acts in, outcome out, one state after the other."""

from functools import cache
from pathlib import Path
from random import Random

from scenarios.reading import read_document
from scenarios.world.document import World
from scenarios.world.graph import Still, apply
from scenarios.world.state import State, opening_state
from scenarios.world.step import hear, use
from scenarios.world.turn import Act, Heard, Outcome

PACK = Path(__file__).parents[2] / "scenarios" / "pack"
SLUGS = sorted(file.stem for file in PACK.glob("*.yaml"))


@cache
def worlds_of(slug: str) -> dict[str, World]:
    """Every variant of a shipped scenario."""
    return read_document((PACK / f"{slug}.yaml").read_text("utf-8")).worlds


def world_of(slug: str) -> World:
    return worlds_of(slug)["usual"]


def changed(world: World, **customer) -> World:
    """The same world with another mood, persona or honesty of its customer."""
    return world.model_copy(update={"customer": world.customer.model_copy(update=customer)})


class Talk:
    """A conversation: `says("f_when", "disclose:manager")`, `uses("callback")`. 20 seconds pass per message."""

    def __init__(self, world: World, dice: Random | None = None):
        self.world, self.dice = world, dice or Still()
        self.state: State = opening_state(world)
        self.at = 0.0
        self.last: Outcome | None = None

    def says(self, *acts: str, after: float = 20, **heard) -> list[str]:
        """The kinds of move that answer."""
        self.at += after
        understood = tuple(Act(name, 1.0, arg) for name, _, arg in (a.partition(":") for a in acts))
        self.last = hear(self.world, self.state, Heard(understood, self.at, **heard), self.dice)
        self.state = self.last.state
        return self.kinds

    def uses(self, name: str) -> str:
        self.last, result = use(self.world, self.state, name, self.dice, self.at)
        self.state = self.last.state
        return result

    def waits(self) -> None:
        """Until the world changes by itself."""
        self.state = apply(self.world, self.state, "wait")
        self.at = self.state.heard_s

    @property
    def kinds(self) -> list[str]:
        return [move.kind for move in self.last.moves]

    @property
    def refs(self) -> list[str]:
        return [move.ref for move in self.last.moves]

    def logged(self, kind: str) -> list[dict]:
        return [event.data for event in self.last.events if event.kind == kind]
