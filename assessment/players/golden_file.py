"""Golden attempts as files: read into a typed policy, with every problem at its line. The format is in `golden/README.md`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from scenarios import in_words
from scenarios.world.document import Category, Name, Part, Slug, Weight
from scenarios.world.state import FACTORS

FOLDER = Path(__file__).parent.parent / "golden"
VERBS = ("say", "look", "mark", "search", "open", "use", "triage", "note", "wait", "resolve")
Quality = Literal["expert", "adequate", "poor", "unsafe", "gaming", "injection"]
Style = Literal["formal", "plain", "terse", "non_native", "typos"]
Said = Annotated[str, Field(min_length=1, max_length=1000)]
Written = Annotated[str, Field(max_length=1000)]
When = Annotated[
    str, Field(pattern=r"^(claimed|upset|unconfirmed|(unknown|undone|unanswered) [a-z][a-z0-9_]*)$")
]


class GoldenError(Exception):
    """The file cannot be played; the message says why, line by line."""


class Triage(Part):
    category: Category | None = None
    impact: Weight | None = None
    urgency: Weight | None = None


class Documentation(Part):
    problem: Written
    cause: Written = ""
    steps: Written
    test: Written = ""


class End(Part):
    type: Literal["resolved", "escalated", "declined"]
    documentation: Documentation
    cited: list[Slug] = []
    team: str = ""
    reason: Annotated[str, Field(max_length=500)] = ""
    reported: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type == "escalated" and not self.team:
            raise ValueError("a ticket that is escalated names its team")
        if self.type != "resolved" and not self.reason:
            raise ValueError(f"a ticket that is {self.type} gives a reason")
        return self


class Move(Part):
    """One of `VERBS`, and what goes with it."""

    say: Said | None = None
    second: Said | None = Field(None, alias="or")
    means: list[Name] = []
    look: Said | None = None
    mark: dict[str, Literal["match", "mismatch"]] | None = None
    search: Said | None = None
    open: Slug | None = None
    use: Name | None = None
    triage: Triage | None = None
    note: Said | None = None
    wait: Annotated[float, Field(ge=0, le=3600)] | Literal["due"] | None = None
    resolve: End | None = None
    after: Annotated[float, Field(ge=0, le=3600)] | None = None
    when: When | None = None

    @property
    def verb(self) -> str:
        return next(verb for verb in VERBS if getattr(self, verb) is not None)

    @model_validator(mode="after")
    def _one(self) -> Self:
        made = [verb for verb in VERBS if getattr(self, verb) is not None]
        if len(made) != 1:
            raise ValueError(f"a move is exactly one of {', '.join(VERBS)}")
        if (self.say is None) != (self.second is None):
            raise ValueError("a reply has two wordings: say and or")
        if self.say is None and self.means:
            raise ValueError("only a reply means something")
        if unknown := set(self.mark or ()) - set(FACTORS):
            raise ValueError(
                f"there is no factor {', '.join(sorted(unknown))}; there are {', '.join(FACTORS)}"
            )
        return self


class Golden(Part):
    """An attempt of known quality as a policy."""

    scenario: Slug
    variant: Name = "usual"
    quality: Quality
    style: Style
    seed: int = 7
    moves: list[Move] = Field(min_length=1)

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if [n for n, move in enumerate(self.moves, 1) if move.resolve] != [len(self.moves)]:
            raise ValueError("the last move, and only that, is resolve")
        return self


@dataclass(frozen=True)
class GoldenFile:
    """An attempt, and where its parts stand. `tree`: the file as YAML, with its lines."""

    path: Path
    golden: Golden
    tree: Any

    def fault(self, what: str, *where: str | int) -> str:
        """A problem of one part, at its line."""
        return _fault(self.path, self.tree, where, what)


def read_golden(path: Path) -> GoldenFile:
    """Raises GoldenError."""
    try:
        tree = YAML(typ="rt", pure=True).load(source := path.read_text("utf-8"))
    except OSError as error:
        raise GoldenError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GoldenError(f"{path.name}: is not text in UTF-8") from error
    except YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        line, message = in_words.of_yaml(
            str(problem or error), source.splitlines(), mark.line + 1 if mark else 1
        )
        raise GoldenError(f"{path.name}, line {line}: {message}") from error
    try:
        return GoldenFile(path, Golden.model_validate(tree), tree)
    except ValidationError as error:
        faults = [_fault(path, tree, fault["loc"], _message(fault)) for fault in error.errors()]
        raise GoldenError("\n".join(dict.fromkeys(faults))) from error


def _message(fault: Any) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    if fault["type"] == "extra_forbidden":
        return "is not a field here: check the spelling or remove it"
    return in_words.of_schema(fault)


def _fault(path: Path, tree: Any, where: tuple[str | int, ...], what: str) -> str:
    """At the deepest part that stands in the file; a field that is missing is named all the same."""
    line, field = 1, ""
    for part in where:
        if isinstance(tree, CommentedMap) and part in tree:
            line, tree = tree.lc.key(part)[0] + 1, tree[part]
        elif isinstance(tree, CommentedSeq) and isinstance(part, int) and part < len(tree):
            line, tree = tree.lc.item(part)[0] + 1, tree[part]
        elif not isinstance(tree, CommentedMap):
            break
        field += f".{part}" if field else f", {part}"
    return f"{path.name}, line {line}{field}: {what}"
