"""How sure a clause is of what it says: what stands on its own, what counts once, what is asked back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chat.customer import library, safety
from chat.customer.normalise import words
from chat.customer.rules import Build
from scenarios.world.state import State
from scenarios.world.turn import Act

ACT_FROM, CHANGE_FROM, ASK_FROM = 0.28, 0.45, 0.1
LIKE_BEST = 0.4  # a guess far below the best one has nothing in common with what was said
OWN_FROM = 0.2  # an act of the scenario's own that has not come up is offered: it may be the key of the case
# These cap a whole score: a likelihood alone has to be high, one with the words for it less so.
BLAME_FROM, INSULT_FROM, SECRET_FROM = 0.75, 0.55, 0.6
SURE = 0.45  # from here on a piece of a sentence stands on its own
MOST_OPTIONS = 3
JUST_A_WORD = 2
CUT_MARGIN = 0.3  # how much less sure than the whole the weaker side of a cut may be
# Opens a sentence more than it says anything: "sorry, which laptop?", "hang on, ...".
FILLER = re.compile(
    r"^(?:and |oh |ah )*(?:(?:sorry|wait|hang on|hold on|excuse me|thank you but|pardon)\W*|(?:now|well|so|then|anyway)[,.! ]*)$"
)
# "Log out, wait a minute, log in": one instruction, unless it is the speaker who waits or leaves.
PART_OF_STEPS = {"hold", "close"}
OUT_AND_IN = {"a_sign_out_in", "a_reconnect"}
# "Use the other port and try": the end of an instruction, none of its own.
JUST_TRY = re.compile(r"^(?:and |then )*(?:try|check|see)(?: it| please| once| then)*\W*$")
# "The tag is below. Read it to me.": the end of a question, none of its own.
HAND_OVER = re.compile(
    r"^(?:please |just |and |then |can you |could you )*(?:read|tell|give|send|type|write)(?: (?:it|that|them|those|me|us|out|to|here|please|over|back|in|for))+\W*$"
)
OWN_WAIT = re.compile(r"\b(?:i|we|me|us|bye|goodbye|ticket|case|hold on|hang on|bear with)\b")
NEVER_OFFERED = {library.NONE, "disclose", "abusive", "injection", "offtopic"}


@dataclass(frozen=True)
class Clause:
    """A stretch of plain text and how likely each act is in it, most likely first, rules applied."""

    text: str
    ranked: tuple[Act, ...]
    sure: bool = False  # by rule, not by likelihood

    @property
    def best(self) -> Act:
        return self.ranked[0] if self.ranked else Act(library.NONE, 0.0)

    @property
    def act(self) -> Act | None:
        """The act to act on, if any."""
        best = self.best
        least = CHANGE_FROM if library.is_changing(best.name) else ACT_FROM
        return best if best.name != library.NONE and (self.sure or best.confidence >= least) else None


def asks_kind_of_lock(before: list[Clause], clause: Clause) -> bool:
    """ "Is it locked? A PIN?" asks for the kind of lock, not for the digits."""
    brief = len(words(clause.text)) <= JUST_A_WORD
    return clause.best.name == "ask_password" and brief and any(safety.names_lock(c.text) for c in before)


def can_mean(act: str, confidence: float, text: str, build: Build) -> bool:
    """Whether what would cap a score is certain enough to be heard at all."""
    if act == "ask_password":
        return confidence >= SECRET_FROM and safety.wants_secret(text)
    if act == "offtopic":
        return len(words(text)) >= JUST_A_WORD or "question" in build.signs
    return act != "abusive" or confidence >= (INSULT_FROM if "insults" in build.signs else BLAME_FROM)


def strength(clause: Clause) -> float:
    return clause.best.confidence if clause.act else 0.0


def weaker(one: Clause, other: Clause) -> float:
    return min(one.best.confidence, other.best.confidence)


def stand_alone(one: Clause, other: Clause, whole: Clause) -> bool:
    """Whether two sides are different acts, each sure enough against the reading as one."""
    names = {one.best.name, other.best.name}
    if not (one.act and other.act) or len(names) == 1:
        return False
    if (
        names & PART_OF_STEPS
        and any(name.startswith("a_") for name in names)
        and not OWN_WAIT.search(f"{one.text}, {other.text}")
    ):
        return False
    if one.best.name.startswith("a_") and JUST_TRY.search(other.text):
        return False
    if names == OUT_AND_IN and "signs_in" in Build.of(other.text).signs:
        return False
    return weaker(one, other) >= max(SURE, strength(whole) - CUT_MARGIN)


def merged(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Each act and argument once, where first said, with its highest confidence."""
    found: dict[tuple[str, str], Act] = {}
    for act in acts:
        key = (act.name, act.arg)
        if key not in found or found[key].confidence < act.confidence:
            found[key] = act
    return tuple(found.values())


def one_proof(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """A call or code that is asked for, made and spoken of in one message counts as made, once."""
    best = {
        name: min((a.arg for a in acts if a.name == name), default="") for name in ("id_callback", "id_code")
    }  # "" before "leave" before "past"
    return tuple(act for act in acts if act.arg == best.get(act.name, act.arg))


def guesses(found: list[Clause], state: State) -> tuple[str, ...]:
    """The best guesses of the likeliest clause."""

    def offered(act: Act) -> bool:
        come_up = act.name in library.acts() or act.name in state.asked
        return act.confidence >= (ASK_FROM if come_up else OWN_FROM) and act.name not in NEVER_OFFERED

    asked = [
        [a.name for a in c.ranked if offered(a) and a.confidence >= LIKE_BEST * c.best.confidence]
        for c in found
        if c.best.name != library.NONE
    ]
    return tuple(max(asked, key=len, default=[])[:MOST_OPTIONS])
