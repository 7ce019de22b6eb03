"""An author at a scenario's desk: what is typed is said to the customer, what begins with a stroke is a command."""

from collections.abc import Callable, Iterable, Iterator

from assessment.players.desk import Answer
from assessment.players.notes import true_notes
from assessment.players.paper import Paper
from assessment.players.telling import scored, understood
from assessment.scoring import score
from scenarios.world.state import POSSESSION, level
from scenarios.world.step import asks_first

HELP = """What you type is said to the customer, and 20 seconds pass.
/use NAME      use the console: a diagnostic, an action, callback or push_code
/tools         what the console has
/state         the hidden truth, facts and moods
/resolve HOW   close the ticket as resolved, escalated or declined, with notes of what happened, and score it
/help, /quit"""
ENDINGS = ("resolved", "escalated", "declined")


class Terminal:
    """One conversation on paper. `run` reads lines and yields lines."""

    def __init__(self, desk: Paper) -> None:
        self.desk = desk
        self.open = True
        self.commands: dict[str, Callable[[str], Iterator[str]]] = {
            "use": self.use,
            "tools": self.tools,
            "state": self.state,
            "resolve": self.resolve,
            "help": self.help,
            "quit": self.quit,
        }

    def run(self, typed: Iterable[str]) -> Iterator[str]:
        ticket = self.desk.world.ticket
        yield f"{ticket.subject}\n  {ticket.opening}"
        for line in typed:
            if line := line.strip():
                yield from self.answer(line)
            if not self.open:
                return

    def answer(self, line: str) -> Iterator[str]:
        if not line.startswith("/"):
            return self.say(line)
        name, _, rest = line[1:].partition(" ")
        if name in self.commands:
            return self.commands[name](rest.strip())
        return iter([f"There is no command /{name}. /help lists them."])

    def say(self, text: str) -> Iterator[str]:
        if self.desk.state.left:
            yield "  The customer is gone. /resolve closes the ticket."
            return
        answer = self.desk.say(text)
        yield f"    ({_heard(answer)})"
        yield from (f"  {words}" for words in answer.texts)
        yield f"    ({self._mood()})"

    def use(self, name: str) -> Iterator[str]:
        if name not in self._console():
            yield f"  The console has no “{name}”. /tools lists what it has."
            return
        if asks_first(self.desk.world, self.desk.state, name):
            yield "    (policy asks for more proof first; done all the same)"
        yield f"  {self.desk.use(name)}"
        yield f"    ({self._mood()})"

    def tools(self, _: str) -> Iterator[str]:
        for name, label in self._console().items():
            yield f"  {name:<24} {label}"

    def state(self, _: str) -> Iterator[str]:
        state = self.desk.state
        yield f"  {', '.join(f'{name} {value}' for name, value in state.vars.items())}"
        yield f"  open facts: {', '.join(n for n in self.desk.world.facts if n not in state.earned) or 'none'}"
        yield f"  done: {', '.join(state.done) or 'nothing'}; claimed: {', '.join(state.claimed) or 'nothing'}"
        yield f"    ({self._mood()})"

    def resolve(self, how: str) -> Iterator[str]:
        if (how or "resolved") not in ENDINGS:
            yield f"  Close it as one of {', '.join(ENDINGS)}."
            return
        self.desk.resolve(true_notes(self.desk, how or "resolved", []))
        yield from scored(score(self.desk.attempt).as_json())
        self.open = False

    def help(self, _: str) -> Iterator[str]:
        yield HELP

    def quit(self, _: str) -> Iterator[str]:
        self.open = False
        yield "Bye."

    def _console(self) -> dict[str, str]:
        world = self.desk.world
        found = dict.fromkeys(POSSESSION, "proof of who is calling")
        found |= {name: tool.label for name, tool in world.tools.items()}
        actions = {n: a for n, a in world.actions.items() if a.who == "learner"}
        return found | {n: f"{a.label} (needs {a.gate})" for n, a in actions.items()}

    def _mood(self) -> str:
        state, world = self.desk.state, self.desk.world
        earned = ", ".join(state.earned) or "nothing"
        return f"patience {state.patience}, trust {state.trust}, level {level(world, state)}, earned {earned}"


def _heard(answer: Answer) -> str:
    acts = [{"name": a.name, "arg": a.arg, "confidence": a.confidence} for a in answer.acts]
    return understood(acts, list(answer.options), unclear="puzzled" in answer.moves)
