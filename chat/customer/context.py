"""What only the conversation can tell: answers to a question asked back, and "do that again"."""

import re
from collections.abc import Mapping, Sequence

_ORDINALS = (
    re.compile(r"\b(?:first|1st|former|1)\b"),
    re.compile(r"\b(?:second one|second|2nd|latter|2)\b"),
    re.compile(r"\b(?:third|3rd|3)\b"),
)
_LAST = re.compile(r"\b(?:last|latter)\b")
_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|ya|aye|correct|right|exactly|sure|indeed|that one|that is it)\b")
_NO = re.compile(r"^\W*(?:no|nope|nah|neither|none|not that|nothing)\b")
_BOTH = re.compile(r"\b(?:both|all (?:of them|three)|either)\b")
_REPEAT = re.compile(
    r"^(?:ok|okay|now|and|then|please|so|just|right|well|can you|could you|would you|will you|you|i mean|go ahead and|\W)*\b"
    r"(?:do|repeat) (?:it|that|this|so|the same)(?: thing)?(?: once more| again| one more time| now| then| please| for me| first|\W)*$"
    r"|^(?:ok |now |and |please )*(?:once more|and again|same again|again|one more time)(?: please)?\W*$"
)
SHORT, BRIEF = 6, 3  # words
HEARD = 0.1
LIKELY = 0.6


def repeats_last(text: str) -> bool:
    """Plain text sends back to the last instruction: "do that again"."""
    return bool(_REPEAT.search(text))


def pointed(text: str, options: Sequence[str]) -> list[str] | None:
    """Which of the options offered "the first", "both", "yes" or "no" picks; None when it is no such answer."""
    if len(text.split()) > SHORT:
        return None
    brief = len(text.split()) <= BRIEF
    if brief and _NO.search(text):
        return []
    if _BOTH.search(text):
        return list(options)
    if _LAST.search(text):
        return [options[-1]]
    for option, ordinal in zip(options, _ORDINALS, strict=False):
        if ordinal.search(text):
            return [option]
    return [options[0]] if brief and _YES.search(text) else None


def likeliest(text: str, options: Sequence[str], confidence: Mapping[str, float]) -> list[str] | None:
    """The option that a short answer repeats in its own words, or None."""
    total = sum(confidence.get(option, 0.0) for option in options)
    best = max(options, key=lambda option: confidence.get(option, 0.0))
    short = len(text.split()) <= SHORT
    return [best] if short and total > HEARD and confidence[best] >= LIKELY * total else None
