"""Notes as statements: sentences and clauses, and whether what stands there is claimed, or denied, hoped for or asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.scoring.words import tidy

_SENTENCE = re.compile(r"(?:[^.!?;\n]|[.](?=\S))+[.!?;]*")
_CUT = re.compile(r"[,;&+/]|\s[-–—]+\s|\b(?:and|but|then|so)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
# Before a statement in its clause: then it is denied, only intended, or somebody else's wish.
_UNSAID = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|without|neither|nor|unable|fail(?:ed|s|ure)? to|refus\w+ to|instead of|rather than"
    r"|will|shall|should|would|must|may|might|could|can|cannot|to be|to get|needs?|if|whether|once|until|unless|before|please"
    r"|asked|asks?|want\w*|request(?:ed|s)|wish\w*|offer\w*|try|tries|attempt\w*|plan\w*|propos\w*|suggest\w*|recommend\w*|advis\w*|next|to ?do|pending"
    r"|await\w*|wait\w*|going to|supposed|claim\w*|pretend\w*|allegedly|\w+n't|dont|didnt|wasnt|isnt|couldnt|wont|cant)\b",
    re.IGNORECASE,
)
# After it: "verified: no", "confirmation pending".
_UNDONE = re.compile(
    r"\W*(?:(?:was|were|is|are|has|have|had|been|be|could|can|did|does)\W+)*(?:not\b|never\b|\w+n't\b|no\b(?!\W+(?:change|effect))"
    r"|none\b|skipped|requested|wanted|offered|refused|declined|rejected|denied|pending|outstanding|missing|impossible|later|tomorrow|to follow|yet\b|tbd|to ?do\b|n/a|only (?:when|once))",
    re.IGNORECASE,
)

# A sentence of what is still to be done.
_AHEAD = re.compile(
    r"\W*(?:to ?do|next(?: \w+)?|open|plan(?:ned)?|pending|outstanding|still open|recommend\w*|advice|proposal)\s*[:–-]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Statement:
    """What a pattern found: the clause in which it stands, and the words of that clause before and after it."""

    clause: str
    found: re.Match[str]
    before: str
    after: str


def sentences(text: str) -> list[str]:
    """Without questions and lists of what is to do, which state nothing."""
    whole = (found[0].strip() for found in _SENTENCE.finditer(tidy(text)))
    return [sentence for sentence in whole if sentence and "?" not in sentence and not _AHEAD.match(sentence)]


def stated(pattern: re.Pattern[str], text: str) -> Iterator[Statement]:
    """Where the text states this as something that happened; what stands in quotation marks is somebody else's."""
    for sentence in sentences(text):
        quotes = [quoted.span() for quoted in _QUOTED.finditer(sentence)]
        for found in pattern.finditer(sentence):
            if any(start <= found.start() < end for start, end in quotes):
                continue
            begin = max((cut.end() for cut in _CUT.finditer(sentence, 0, found.start())), default=0)
            cut = _CUT.search(sentence, found.end())
            end = cut.start() if cut else len(sentence)
            before, after = sentence[begin : found.start()], sentence[found.end() : end]
            if not (_UNSAID.search(before) or _UNDONE.match(after)):
                yield Statement(sentence[begin:end].strip(" ."), found, before, after)
