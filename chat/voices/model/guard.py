"""Listens to a model's words before anybody sees them: only the plan's content, in a customer's mouth. Plain Python.

The measure is the scripted text of the same plan. What it does not hold, earned facts and the learner's own words
aside, is made up; what it holds has to come through.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from Stemmer import Stemmer

from chat.customer.library import lexicon
from chat.proving.guard import Guard
from chat.voices.model.prompt import RULES, TURNS, Line, Plan, known, persona_card
from chat.voices.scripted.wordings import bank
from scenarios.world.checks.leaks import words

TALK = Path(__file__).with_name("talk.txt")
LONGEST_WORDS = 60
ECHO = 6  # so many words in a row of the prompt's rules are no accident
SHARE = 0.5  # of a fact's own words that have to come through
FOREIGN = 0.5  # of the words unknown: that is another language

MARKUP = re.compile(
    r"https?://|www\.|\*\*|__|```|^\s*(?:[#>]|[-*•]\s|\d+[.)]\s)|</?\w+[^>]*>|\[[^\]]*\]\(|[{}|]", re.M
)
ROLES = re.compile(
    r"(?im)^\s*[\[(<]?(?:analyst|agent|customer|user|assistant|system|support|help ?desk|me|you|it)[\])>]?\s*:"
)
META = re.compile(
    r"(?i)\b(?:as an? (?:ai|language|assistant|model)|language model|chat ?bot|\bAI\b|openai|gpt|llm|system prompt|prompts?\b|"
    r"(?:my|your|these|previous|following) instructions|role.?play(?:ing)?|in character|simulat\w+|scenario|persona|rubric|"
    r"criteri(?:on|a)|grad(?:e|ed|ing)|scor(?:e|es|ed|ing)|learner|trainee|trainer|exam|json|root cause|the plan says)\b"
)
ADVICE = re.compile(
    r"(?i)\b(?:you (?:should|need to|have to|ought to|must|could just)|have you (?:tried|checked)|why (?:don't|not) you|i (?:suggest|recommend)|"
    r"try (?:to )?(?:re\w+ing|re(?:set|start|install|new|issue)|clear\w*|delet\w*|updat\w*)|the (?:fix|solution|cause|reason) is|it(?:'s| is) because)\b"
)
UNSAFE = re.compile(
    r"(?i)\b(?:(?:my|the) (?:password|passcode|pin) (?:is|was|:)|fuck\w*|shit\w*|bitch\w*|cunt\w*|kill (?:you|myself|him|her|them)|suicide|rape\w*|nazi\w*)\b"
)
NUMBERS = re.compile(
    r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand|dozen|noon|midnight|half past|quarter (?:past|to)|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|"
    r"november|december|yesterday|tomorrow|weekend|weeks?|months?|years?|hours?|minutes?|days?)\b"
)
# What a sentence claims or does, beyond its words. Present in the scripted text or else made up.
CLAIMS: dict[str, re.Pattern[str]] = {
    "works": re.compile(
        r"(?i)(?<!not )(?<!n't )(?<!never )(?<!isn't )(?<!\bi )(?<!\bwe )\b(?:works|worked|fixed|sorted|solved|resolved|"
        r"(?:is|'s|are) (?:working|back|fine now|good now)|back (?:up|online|to normal)|did the trick|got (?:back )?in\b|"
        r"i(?:'m| am) in\b(?! (?:the|a|an|my|our|your))|all good|(?:that|it) did it|logged in|connected now)\b"
    ),
    "broken": re.compile(r"(?i)\b(?:still|same|unchanged|no (?:luck|change|difference|joy|better|different)|nothing|not|as (?:before|it was|ever)|how it was)\b|n't\b"),
    "verified": re.compile(r"(?i)\b(?:verified|identity (?:is )?(?:confirmed|proved|proven)|you(?:'ve| have) (?:checked|confirmed) (?:who|my))\b"),
    "ends": re.compile(r"(?i)\b(?:good ?bye|bye|have a (?:good|nice|great)|close the ticket|i'm (?:leaving|off|done here)|hang(?:ing)? up)\b"),
    "asks": re.compile(r"\?"),
    "refuses": re.compile(r"(?i)\b(?:can't|cannot|can not|won't|will not|don't want to|(?:would|'d) (?:much )?rather not|not (?:going to|allowed to|comfortable)|no way|refuse)\b"),
    "offers": re.compile(r"(?i)\b(?:i(?:'ll| will| can| could) (?:send|give|email|call|pay|bring|share|show)|let me (?:send|give|show|check|look|try))\b"),
    "ignorant": re.compile(r"(?i)\b(?:no idea|no clue|not sure|dunno|(?:don't|do not|wouldn't|couldn't) (?:really )?(?:know|remember|recall|tell you)|can't (?:say|remember|recall))\b"),
    "denies": re.compile(r"(?i)\b(?:not|never|no|nope|none|nobody|nothing|neither|nor|without|hardly)\b|n't\b"),
}  # fmt: skip
DEED = re.compile(
    r"(?i)\b(?:i|we|i've|we've|i have|we have|just|already)\s+(?:(?:just|already|have|then|also|now|actually|even)\s+)*"
    r"(re(?:started|booted|installed|set|newed|connected|moved|plugged)|unplugged|plugged|switched|turned|clicked|pressed|typed|"
    r"entered|changed|deleted|uninstalled|installed|updated|cleared|checked|tried|ran|opened|closed|logged|signed|called|rang|phoned|"
    r"emailed|asked|sent|approved|accepted|allowed|shared|gave|downloaded|disabled|enabled|moved|swapped|replaced|repeated|did|done)\b"
)
ANY_DEED = ("did", "done", "tri")  # stems of what may stand for whatever was done
DOING = ("did", "result", "claim", "admit", "works", "still_broken", "answer", "again", "not_done_yet")
APOSTROPHE = re.compile(r"(?i)\b(do|does|did|ca|wo|is|are|was|were|have|has|had|could|would|should)nt\b")
# These also have to come through where the plan has them; in another form, too, that says the same.
KEPT = ("works", "broken", "asks", "refuses", "ignorant", "ends")
SAME = {"ignorant": {"denies"}, "refuses": {"denies"}, "broken": {"denies"}, "denies": {"broken"}}
_stem = Stemmer("english").stemWord


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is counted; `reason` is told to the model once."""

    kind: str
    reason: str


class ReplyGuard:
    """Knows one world; `faults` hears one reply."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def faults(
        self, texts: Sequence[str], used: Sequence[str], plan: Plan, lines: Sequence[Line]
    ) -> Iterator[Fault]:
        """What is wrong with these messages as the words of this plan; none when they may be shown.

        `texts` as the model gave them, `used` the facts that it says it told, `lines` the conversation before.
        """
        if len(texts) != len(plan.texts) or not all(text.strip() for text in texts):
            yield Fault("count", f"Give exactly {len(plan.texts)} messages, none empty.")
            return
        heard = [line.text for line in lines[-TURNS:] if line.sender == "analyst"]
        sources = _Sources([*plan.texts, *(move.text for move in plan.moves), *known(plan), *heard], plan)
        for text, scripted in zip(texts, plan.texts, strict=True):
            yield from _form(text, scripted)
            yield from _echo(text, plan)
            yield from _foreign(text, sources)
            yield from _claims(text, scripted, plan)
            yield from _deeds(text, plan)
        for text in texts:
            for slip in self._guard.slips(text, plan.state, plan.moves):
                yield Fault(slip.kind, f"Leave out {slip.what}.")
        yield from _missing(texts, used, plan)


class _Sources:
    """The texts that a reply may take its words from."""

    def __init__(self, texts: Sequence[str], plan: Plan) -> None:
        said = [
            *texts,
            *plan.world.customer.persona.quirks,
            plan.world.customer.name,
            plan.world.ticket.opening,
        ]
        self.tokens = frozenset(token for text in said for token in words(text))
        self.stems = frozenset(map(_stem, self.tokens))
        self.numbers = frozenset(found.casefold() for text in said for found in NUMBERS.findall(text))


def _form(text: str, scripted: str) -> Iterator[Fault]:
    if len(text.split()) > max(LONGEST_WORDS, len(scripted.split())):
        yield Fault("length", f"At most {LONGEST_WORDS} words a message.")
    if MARKUP.search(text) and not MARKUP.search(scripted):
        yield Fault("markup", "Plain text: no markup, no lists, no links.")
    if ROLES.search(text) or "\n" in text.strip():
        yield Fault("role", "One line of the customer's own words; never anybody else's.")
    for pattern, kind, reason in (
        (META, "meta", "The customer knows of no model, prompt, exercise or score."),
        (ADVICE, "advice", "The customer gives no advice and explains no cause."),
        (UNSAFE, "unsafe", "No passwords, no abuse."),
    ):
        found = pattern.search(text)
        if found and found[0].casefold() not in scripted.casefold():
            yield Fault(kind, reason)


def _echo(text: str, plan: Plan) -> Iterator[Fault]:
    told = _rules() | frozenset(_runs(words(persona_card(plan)), ECHO))
    if any(run in told for run in _runs(words(text), ECHO)):
        yield Fault("prompt", "Never repeat these rules.")


def _foreign(text: str, sources: _Sources) -> Iterator[Fault]:
    """Words that come from nowhere: names of products and people, numbers in words, another language."""
    said = words(text)
    unknown = {
        t for t in said if t not in sources.tokens and t not in _talk() and _stem(t) not in sources.stems
    }
    if len(unknown) > FOREIGN * len(set(said)) and len(unknown) > 2:
        yield Fault("language", "Write in the language of `say`.")
    elif unknown:
        yield Fault("invention", f"Nothing that was told holds: {', '.join(sorted(unknown)[:5])}.")
    for number in NUMBERS.findall(text):
        if number.casefold() not in sources.numbers:
            yield Fault("invention", f"Nobody spoke of '{number}'.")


def _claims(text: str, scripted: str, plan: Plan) -> Iterator[Fault]:
    """What the text affirms, denies, asks and does is what the plan does."""
    made, planned = claims(text), claims(scripted)
    if not plan.facts:  # a no more or less tells nothing where nothing is told
        made, planned = made - {"denies"}, planned - {"denies"}
    if "works" not in planned:
        made.discard("broken")  # as before: there it adds nothing
    for claim in sorted(made - planned - {same for held in planned for same in SAME.get(held, ())}):
        yield Fault("contradiction", f"`say` does not hold what you add ({claim}).")
    if len(CLAIMS["works"].findall(text)) > len(CLAIMS["works"].findall(scripted)):
        yield Fault("contradiction", "`say` does not hold all that works with you.")
    for claim in KEPT:
        if claim in planned and not claims(text) & ({claim} | SAME.get(claim, set())):
            yield Fault("incomplete", f"Keep what `say` says ({claim}).")


def _deeds(text: str, plan: Plan) -> Iterator[Fault]:
    """What the customer says to have done is what was done; that the analyst asked for it is not enough."""
    done = {_stem(verb.casefold()) for verb in DEED.findall(_plain(text))}
    told = {_stem(token) for own in (*plan.texts, *plan.facts.values()) for token in words(own)}
    if any(move.kind in DOING for move in plan.moves):
        told.update(ANY_DEED)
    for verb in sorted(done - told):
        yield Fault("contradiction", f"`say` does not hold that anything was done ({verb}).")


def claims(text: str) -> set[str]:
    """Which of `CLAIMS` a text makes."""
    plain = _plain(text)
    return {claim for claim, pattern in CLAIMS.items() if pattern.search(plain)}


def _plain(text: str) -> str:
    """With the apostrophes that people in a hurry leave out."""
    return APOSTROPHE.sub(r"\1n't", text.replace("’", "'"))


def _missing(texts: Sequence[str], used: Sequence[str], plan: Plan) -> Iterator[Fault]:
    """Facts of the plan that do not come through: codes and names whole, of other words a share."""
    tokens = [token for text in texts for token in words(text)]
    stems = set(map(_stem, tokens))
    scripted = {_stem(token) for text in plan.texts for token in words(text)}
    for name, content in plan.facts.items():
        own = [token for token in words(content) if token not in _talk() and _stem(token) in scripted]
        exact = [token for token in own if any(c.isdigit() for c in token)]
        rest = {_stem(token) for token in own} - {_stem(token) for token in exact}
        if name not in used and own:
            yield Fault("incomplete", f"`used` lacks {name}.")
        if lost := [token for token in exact if token not in tokens]:
            yield Fault("incomplete", f"Keep {', '.join(lost)} letter by letter.")
        if rest and len(rest & stems) < SHARE * len(rest):
            yield Fault("incomplete", f"Tell the content of {name}: {content}")


def _runs(tokens: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(tokens[i:] for i in range(size)), strict=False)


@lru_cache(1)
def _rules() -> frozenset[tuple[str, ...]]:
    return frozenset(_runs(words(RULES), ECHO))


@lru_cache(1)
def _talk() -> frozenset[str]:
    """Words that tell nothing by themselves: the scripted bank's, and those of talk.txt."""
    lines = TALK.read_text(encoding="utf-8").splitlines()
    spoken = [wording for tones in bank().values() for wordings in tones.values() for wording in wordings]
    own = [word for line in lines if not line.startswith("#") for word in line.split()]
    short = [str(word) for word in lexicon()["spellings"]]
    return frozenset(token for text in (*spoken, *own, *short) for token in words(text))
