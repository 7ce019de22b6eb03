"""The scenario document `helpdesk-scenario/1` as typed data.

A trainer writes it as YAML; `World.model_validate(mapping)` is the only way in. Everything here is immutable.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

Scalar = StrictBool | StrictInt | StrictStr
Level = Literal["none", "low", "high"]
Weight = Literal["high", "medium", "low"]
Difficulty = Literal["starter", "intermediate", "advanced"]
Tone = Literal["friendly", "neutral", "hurried", "grumpy", "dry", "formal"]
Category = Literal["hardware", "software", "network", "internet", "access", "security"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Conditions = dict[Name, Scalar]
LEVELS: tuple[Level, ...] = ("none", "low", "high")


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[list[Name], BeforeValidator(_listed)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Triage(Part):
    category: Category
    impact: Weight
    urgency: Weight


class Ticket(Part):
    channel: Literal["chat"] = "chat"
    subject: Words
    opening: Words
    arrives: Triage
    expected: Triage


class Timing(Part):
    """Targets: the whole ticket in minutes, first and later replies in seconds."""

    target_min: int = Field(ge=1, le=120)
    first_response_s: int = Field(60, ge=10)
    reply_s: int = Field(90, ge=10)


class Persona(Part):
    """What a customer is like. `like` names the persona file that gives them their manner of writing."""

    like: Slug | None = None
    about: str = ""
    tech: Literal["novice", "intermediate", "advanced"] = "novice"
    tone: Tone = "neutral"
    verbosity: Literal["short", "medium", "long"] = "short"
    claims_without_doing: float = Field(0, ge=0, le=0.5)
    quirks: list[Words] = []


class Mood(Part):
    """Patience and trust start at these values; `deltas` move patience (points of 100)."""

    patience: int = Field(70, ge=1, le=100)
    trust: int = Field(50, ge=0, le=100)
    decay_per_turn: int = Field(1, ge=0, le=10)
    hangup_at: int = Field(0, ge=0, le=50)
    deltas: dict[Name, int] = {}


class Customer(Part):
    """An impostor who does not press behaves perfectly: only the check gives them away."""

    name: Words
    impostor: bool = False
    presses: bool = True
    persona: Persona = Persona()
    mood: Mood = Mood()


class Enough(Part):
    """`any` of the factors named in `of` are needed."""

    any: int = Field(ge=1)
    of: list[Name] = Field(min_length=1)


class Policy(Part):
    low: list[Enough]
    high: list[Enough]


class Caller(Part):
    """What this caller can answer; a value left out is one they do not have."""

    name: str | None = None
    username: str | None = None
    employee_id: str | None = None
    asset_tag: str | None = None
    department: str | None = None
    manager: str | None = None
    phone_on_file: str | None = None
    answers_callback: bool = False
    has_registered_device: bool = False


class Directory(Part):
    """The truth on record."""

    name: str
    username: str
    employee_id: str
    asset_tag: str | None = None
    department: str
    manager: str
    phone_on_file: str
    account_state: str = "active"
    groups: list[str] = []


class Identity(Part):
    directory: Directory
    caller: Caller
    policy: Policy


class Fact(Part):
    """Something true. Its holder decides how it is earned: ask, have the customer look, or use a tool.

    It shows only while `if` holds. A customer who trusts less than `trust_min` says `instead`.
    """

    holder: Literal["customer", "device", "tool"]
    say: Words
    when: Conditions = Field(default={}, alias="if")
    trust_min: int = Field(0, ge=0, le=100)
    instead: Words | None = None
    ask: Names = []
    observe: Name | None = None
    tool: Name | None = None
    volunteer: Literal["opening"] | None = None
    critical: bool = False


class Belief(Part):
    """What the customer thinks, and it is wrong: said when asked `ask`, no evidence of anything."""

    say: Words
    ask: Names = []


class Beat(Part):
    """Something that happens by itself `minute` minutes into the ticket, if `if` holds then.

    `say` is what the customer writes about it.
    """

    minute: int = Field(ge=1, le=60)
    when: Conditions = Field(default={}, alias="if")
    set: Conditions = {}
    say: Words | None = None


class Effect(Part):
    """One branch of what an action does: the first whose `if` holds. `after` minutes pass before it is so."""

    when: Conditions = Field(default={}, alias="if")
    otherwise: bool = Field(default=False, alias="else")
    set: Conditions = {}
    after: int = Field(0, ge=0, le=30)
    say: Words | None = None


class Cost(Part):
    minutes: int = Field(0, ge=0, le=60)
    patience: int = Field(0, ge=-50, le=0)


def _branches(value: Any) -> Any:
    """A plain mapping of effects is one unconditional branch."""
    return [{"set": value}] if isinstance(value, dict) else value


class Action(Part):
    """Done by the customer when told to (`intent`), or by the learner in the console (`tool`).

    `declines`: the customer only hears of it and will not; `say` is how they put it.
    """

    who: Literal["customer", "learner"]
    intent: Name | None = None
    tool: Name | None = None
    label: Words | None = None
    about: str = ""
    gate: Level = "none"
    steps: int = Field(1, ge=1, le=12)
    help: Words | None = None
    needs_help_if: dict[Literal["tech"], Literal["novice", "intermediate", "advanced"]] = {}
    pre: Conditions = {}
    effects: Annotated[list[Effect], BeforeValidator(_branches)] = []
    say: Words | None = None
    on_pre_fail: Words | None = None
    seconds: int = Field(2, ge=0, le=8)
    cost: Cost = Cost()
    harmful: Literal["minor", "major"] | None = None
    distractor: bool = False
    declines: bool = False


class Tool(Part):
    """A read-only diagnostic of the console; the facts that name it are its results."""

    label: Words
    about: str = ""
    seconds: int = Field(2, ge=0, le=8)
    empty: Words = "Nothing unusual found."


class RootCause(Part):
    id: Name
    say_any: list[Words] = Field(min_length=1)


class Goal(Part):
    """A right end: predicates on the world's state and on what the learner reached."""

    all: Conditions = {}
    none: Conditions = Field(default={}, alias="not")
    customer_confirmed: bool = False
    facts_min: int = Field(0, ge=0)


class Escalation(Part):
    """When handing over is allowed although it is not the goal: once all that is given here holds."""

    team: Name | Slug = "service-desk-lead"
    minutes_over: int | None = None
    facts_min: int | None = None


class Mention(Part):
    id: Name | None = None
    fact: Name | None = None
    any: list[Words] = Field(min_length=1)


class Documentation(Part):
    must_mention: list[Mention] = []
    must_not: list[Literal["password", "full_phone_number"]] = ["password", "full_phone_number"]


class Knowledge(Part):
    right: Slug
    red_herrings: list[Slug] = []


class Asset(Part):
    tag: str
    model: str
    os: str
    software: list[str] = []
    location: str = ""


class EarlierTicket(Part):
    days_ago: int = Field(ge=1)
    subject: Words
    resolution: Words


class Nlu(Part):
    """Phrases for the acts of this scenario, and more ways to say the generic ones.

    `asked_as` puts an act of its own as the customer would: "do you mean restart it or (pick another printer)?".
    `well_asked` puts an act as a good analyst would: the whole sentence to say, for the advice after a session.
    """

    extra_phrases: dict[Name, list[Words]] = {}
    asked_as: dict[Name, Words] = {}
    well_asked: dict[Name, Words] = {}


class Assessment(Part):
    weights: dict[
        Literal["verification", "technical", "communication", "documentation", "response_time"], int
    ] = {}


class Player(StrEnum):
    """Test players, from the one who does all well to those who do what nobody should."""

    EXPERT = "expert"
    CARELESS = "careless"
    TRUSTING = "trusting"
    SUSPICIOUS = "suspicious"
    SILENT = "silent"
    RUDE = "rude"
    INJECTOR = "injector"


Band = Annotated[
    tuple[Annotated[int, Field(ge=0, le=100)], Annotated[int, Field(ge=0, le=100)]], "lowest, highest"
]


class World(Part):
    """A whole scenario, or one variant of it.

    `values` are parallel lists: a session draws one row, and `{name}` in any text becomes that row's value;
    `{today-14d}` becomes a date. `variants` are changes of this document, see `scenarios.world.variants`.
    """

    schema_: Literal["helpdesk-scenario/1"] = Field(alias="schema")
    id: Slug
    title: Words
    summary: Words
    difficulty: Difficulty
    category: Category
    xp_reward: int = Field(ge=10, le=300)
    prerequisites: list[Slug] = []
    skills: list[Name] = Field(min_length=1)
    time: Timing
    ticket: Ticket
    customer: Customer
    identity: Identity
    state: dict[Name, Scalar]
    fixed: Conditions = {}
    retry: Name | None = None
    facts: dict[Name, Fact]
    beliefs: dict[Name, Belief] = {}
    beats: dict[Name, Beat] = {}
    actions: dict[Name, Action]
    tools: dict[Name, Tool] = {}
    root_cause: RootCause
    goals: dict[Name, Goal] = Field(min_length=1)
    fail: list[Conditions] = []
    escalation: Escalation = Escalation()
    documentation: Documentation = Documentation()
    knowledge: Knowledge
    asset: Asset | None = None
    history: list[EarlierTicket] = []
    assessment: Assessment = Assessment()
    players: dict[Player, Band] = {}
    nlu: Nlu = Nlu()
    values: dict[Name, list[Words]] = {}
    variants: dict[Name, dict[str, Any]] = {}

    def critical_facts(self) -> list[str]:
        return [name for name, fact in self.facts.items() if fact.critical]

    def answers_to(self, act: str) -> list[str]:
        """Facts the customer gives when asked `act`, in document order."""
        return [name for name, fact in self.facts.items() if act in fact.ask]

    def action_for(self, act: str) -> str | None:
        """The customer's action that this instruction asks for."""
        return next(
            (n for n, a in self.actions.items() if a.who == "customer" and act in (a.intent, n)), None
        )


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of a scenario document."""
    return World.model_json_schema(by_alias=True)
