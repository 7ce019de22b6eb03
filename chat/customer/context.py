"""What only the conversation can tell: answers to what the customer asked, "do that again", "and now?"."""

import re
from collections.abc import Mapping, Sequence

from chat.customer.library import word_list
from chat.customer.normalise import words

_ORDINALS = (
    re.compile(r"\b(?:first|1st|former|1)\b"),
    re.compile(r"\b(?:second one|second|2nd|latter|2)\b"),
    re.compile(r"\b(?:third|3rd|3)\b"),
)
_LAST = re.compile(r"\b(?:last|latter)\b")
_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|ya|aye|correct|right|exactly|sure|indeed|that one|that is it)\b")
_NO = re.compile(r"\b(?:no|nope|nah|neither|none|nothing|not|later)\b")
# Nothing but words of consent, one of them a real yes: "sure, go ahead", "ok try it then".
_CONSENT = re.compile(
    r"\b(?:yes|yeah|yep|yup|ya|yah|aye|ok|okay|alright|sure|indeed|absolutely|definitely|certainly|of course|by all means|correct|exactly"
    r"|right|please|go (?:ahead|for it|on)|do (?:that|it|so|this|try)|try|be my guest|why not|give it a)\b"
)
_BOTH = re.compile(r"\b(?:both|all (?:of them|three)|either)\b")
_REPEAT = re.compile(
    r"^(?:ok|okay|now|and|then|please|so|just|right|well|can you|could you|would you|will you|you|i mean|go ahead and|\W)*\b"
    r"(?:do|repeat) (?:it|that|this|so|the same)(?: thing)?(?: once more| again| one more time| now| then| please| for me| first|\W)*$"
    r"|^(?:ok |now |and |please )*(?:once more|and again|same again|again|one more time)(?: please)?\W*$"
)
# "And now?": whether it works where something was done, else what is to be seen.
_NOW = re.compile(
    r"^(?:ok|okay|so|right|hm+|well|\W)*(?:(?:and|what about|how about|how is it) now|now\s*(?=\?))\W*$"
)
_RESULT = re.compile(
    r"^(?:ok|so|well|\W)*(?:and|what about (?:it|that)|how about (?:it|that)|and (?:it|that)|well)\s*\?+$"
)
# "Try it and tell me what happens", after something was done: the test of it.
_TRIED = re.compile(
    r"^(?:(?:ok|okay|so|now|then|and|please|just|great|good|once more|again|try(?: it| that)?)\W+)*"  # one reading of each word: no backtracking
    r"(?:tell me|let me know|say|see) what (?:happens|happened|it does|it says|you get)(?: now| then| this time| please)*\W*$"
)
_OTHER = re.compile(
    r"^(?:ok|now|and|then|please|so|also|just|do|try|the same|same|with|for|on|to|what about|how about|\W)*"
    r"\bthe (?:other|second|next)(?: one| two)?(?: too| as well| please| now|\W)*$"
)
SHORT, BRIEF = 6, 3  # words
HEARD = 0.1
LIKELY = 0.6


def referred(text: str, last: str, *, changed: bool) -> str:
    """The act that "do that again", "the other one too" or "and now?" stands for, or "".

    `last` is the last instruction, `changed` whether anything was done yet.
    """
    if _NOW.search(text):
        return "confirm_fix" if changed else "f_screen"
    if changed and _TRIED.search(text):
        return "confirm_fix"
    if last and _RESULT.search(text):
        return "f_screen"
    return last if _REPEAT.search(text) or _OTHER.search(text) else ""


def pointed(text: str, options: Sequence[str]) -> list[str] | None:
    """Which of the options offered "the first", "both", "yes" or "no" picks; None when it is no such answer."""
    said = words(text)
    if len(said) > SHORT:
        return None
    if _NO.search(text) and set(said) <= word_list("declining"):
        return []
    if len(options) == 1:
        return list(options) if _CONSENT.search(text) and set(said) <= word_list("consenting") else None
    if _BOTH.search(text):
        return list(options)
    if _LAST.search(text):
        return [options[-1]]
    for option, ordinal in zip(options, _ORDINALS, strict=False):
        if ordinal.search(text):
            return [option]
    return [options[0]] if len(said) <= BRIEF and _YES.search(text) else None


def likeliest(text: str, options: Sequence[str], confidence: Mapping[str, float]) -> list[str] | None:
    """The option that a short answer repeats in its own words, or None."""
    total = sum(confidence.get(option, 0.0) for option in options)
    best = max(options, key=lambda option: confidence.get(option, 0.0))
    short = len(text.split()) <= SHORT
    return [best] if short and total > HEARD and confidence[best] >= LIKELY * total else None
