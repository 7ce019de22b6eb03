"""Whether a learner's words name the cause: in one of the author's ways, or in words of their own."""

import re
from functools import lru_cache

from chat.customer.clauses import sentences
from chat.customer.library import cause_words
from chat.customer.normalise import plain, words
from scenarios.world.document import World

_CLAUSE = re.compile(r"[,;:]|\bbut\b")
_DENIAL = re.compile(r"\b(?:not(?! only| just)|no|never|nobody|nothing|none|neither|without)\b")
# "The certificate is fine": what is said to be well is not the cause.
_WELL = re.compile(
    r"^[^,;:]*?\b(?:is|are|was) (?:all |quite |perfectly )?(?:fine|ok|okay|in order|right|well)\b"
)
_NOT_YOURS = re.compile(r"\byours (?:is|are|was) (?:\w+ )?(?:fine|ok|okay|in order|right|well)\b")
# "Your phone still ...", "somebody has ...": who or what, and what became of it; no order, and no plan.
_STATES = re.compile(
    r"^(?:(?:and|so|ok|well|right|now|hello|hi|good news|in short|basically|because|since|when|as|after|until|\w+ is because|it is that|that is why"
    r"|(?:i|we) (?:think|believe|suspect|guess|fear|am afraid|am sure|see|found|found out|can see)(?: that)?|it (?:looks|seems)(?: like| that)?"
    r"|what (?:happened|broke it|caused it|is behind it) (?:is|was)(?: that)?|turns out(?: that)?|the (?:cause|reason) (?:is|was)(?: that)?)\W+)*"
    r"(?:your|the|it|that|this|these|those|there|a|an|one|no|nobody|some\w*|another|each|every\w*|our|his|her|its|they|he|she|whoever|half"
    r"|you(?! (?:need|must|should|can|could|may|have to|will|would)\b)|(?!please\b|sorry\b|thank)[a-z]+(?:'s\b| (?:is|was|has|had|left|still|got)\b))\b"
)
# What follows is no statement any more: "..., so please type the new one".
_ORDER = re.compile(
    r"\b(?:please|can you|could you|would you|will you|let us|let me|i will|we will|you need to|you should|you must)\b"
    r"|(?:^|[,;:] ?(?:and |then |so |now )*|\b(?:and|then|so) )(?:read|tell|send|give|show|click|open|go|press|look|check|type|restart|reboot"
    r"|sign|log|unplug|plug|update|install|replace|swap|reset|wait|make|run|take|remove|delete|switch|turn|use|try|change|pick|choose|enter|put|set|move|pull|connect|disconnect)\b(?!s|ed)"
)
# Something became of it; looked for only before an order, where a bare name says what to look at.
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|did|do|got|gets|ran|went|kept|keeps|broke|lost|still|no longer|\w{2,}ed)\b"
)

# Several causes at once explain nothing: one of them is always right.
_GUESSES = re.compile(r"\beither\b.*\bor\b|\b(?:maybe|perhaps|might be|could be)\b.*\bor\b")


def states_cause(world: World, sentence: str) -> bool:
    """Whether one sentence of plain text tells the customer the cause: no question, no order, no denial."""
    told = _ORDER.split(sentence)[0]
    if told != sentence and not _VERB.search(told):
        return False  # "Now the DNS server: settings, network, read me that line": what the order is about
    if _GUESSES.search(told):
        return False
    return "?" not in sentence and states(told) and _holds_cause(world, told)


def states(text: str) -> bool:
    """Whether plain text says how something is, rather than what to do or to tell."""
    return bool(_STATES.search(text)) and not orders(text)


def orders(text: str) -> bool:
    """Whether plain text asks or tells somebody to do something."""
    return "?" in text or bool(_ORDER.search(text))


def begins_with_order(text: str) -> bool:
    """Whether plain text starts by telling somebody to do something: "enter it twice, then press OK"."""
    found = _ORDER.search(text)
    return found is not None and found.start() == 0


def names_cause(world: World, text: str) -> bool:
    """Whether a sentence of plain text has the cause in it and does not deny it."""
    return any(_holds_cause(world, sentence) for sentence in sentences(text))


def _holds_cause(world: World, sentence: str) -> bool:
    listed = ((_listed(phrase),) for phrase in world.root_cause.say_any)
    return any(_holds(way, sentence) for way in (*listed, *_ways().get(world.root_cause.id, ())))


def _holds(way: tuple[re.Pattern[str], ...], sentence: str) -> bool:
    """Whether a word of each group stands in the sentence, none of them twice and none denied."""
    found: list[re.Match[str]] = []
    for group in way:
        taken = {match.start() for match in found}
        free = [match for match in group.finditer(sentence) if match.start() not in taken]
        if not free:
            return False
        found.append(min(free, key=lambda match: _is_denied(sentence, match)))
    denies = any(_DENIAL.search(match[0]) for match in found)
    return denies or not any(_is_denied(sentence, match) for match in found)


def _is_denied(sentence: str, match: re.Match[str]) -> bool:
    before = _CLAUSE.split(sentence[: match.start()])[-1]
    return bool(
        _DENIAL.search(before) or _WELL.search(sentence[match.end() :]) or _NOT_YOURS.search(sentence)
    )


@lru_cache(5_000)
def _listed(phrase: str) -> re.Pattern[str]:
    """An author's way, word for word."""
    said = r"\W+".join(map(re.escape, words(plain(phrase))))
    return re.compile(rf"\b{said}\b")


@lru_cache(1)
def _ways() -> dict[str, list[tuple[re.Pattern[str], ...]]]:
    groups, causes = cause_words()["groups"], cause_words()["causes"]
    return {
        cause: [tuple(_group(group, groups) for group in way.split(" + ")) for way in ways]
        for cause, ways in causes.items()
    }


def _group(group: str, groups: dict[str, str]) -> re.Pattern[str]:
    """One pattern for "phone/mobile" or "@old": words that begin so."""
    named = (groups[part[1:]] if part.startswith("@") else part for part in group.split("/"))
    parts = "/".join(named).split("/")
    return re.compile("|".join(rf"\b{re.escape(part)}" for part in parts))
