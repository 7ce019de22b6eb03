"""How a persona types: case, commas, contractions, slips, pet names. Slots such as {text} are never touched."""

import re
from collections.abc import Mapping
from random import Random

from scenarios.world.document import Persona

SLOT = re.compile(r"(\{\w+\})")
ARTICLE = r"(?:the|a|an|my|that|this|his|her|their|our|every|all) "
PET_NAME = re.compile(rf"""calls (?:{ARTICLE})?(.+?) ['"‘“](.+?)['"’”]""")
END = (".", "!", "?", "…", ")", ":(")
SLIP_CHANCE = 0.2
SLIPS = {
    "again": "agian",
    "because": "becuase",
    "don't": "dont",
    "just": "jsut",
    "maybe": "mabye",
    "nothing": "nothign",
    "please": "pls",
    "problem": "probelm",
    "really": "realy",
    "right": "rigth",
    "same": "smae",
    "something": "somehting",
    "sorry": "sory",
    "thanks": "thx",
    "that": "taht",
    "think": "thnik",
    "with": "wiht",
    "working": "workign",
}
IN_FULL = {
    "can't": "cannot",
    "won't": "will not",
    "let's": "let us",
    "i'm": "I am",
    "n't": " not",
    "'ll": " will",
    "'ve": " have",
    "'re": " are",
    "'d": " would",
    "it's": "it is",
    "that's": "that is",
    "what's": "what is",
}
# Words that may lose their capital in the middle of a sentence; anything else could be a name.
COMMON = re.compile(
    r"(after|all|its?|just|my|not?|nothing|ok|only|that|the|there|these|this|we|when|yes|you)\b",
    re.IGNORECASE,
)


def casual(persona: Persona) -> bool:
    """Whether they type in lower case with few commas."""
    return persona.tone == "hurried" or (persona.tone == "friendly" and persona.tech == "novice")


def typed(wording: str, persona: Persona, dice: Random) -> str:
    """A wording of the bank as this persona types it; slots stay as they are."""
    pieces = SLOT.split(pet_names(wording, persona))
    own = slice(0, None, 2)
    if casual(persona):
        pieces[own] = _slip([_hasty(piece, dice) for piece in pieces[own]], dice)
        return "".join(pieces).removesuffix(".")
    if persona.tone == "formal":
        pieces[own] = [_in_full(piece) for piece in pieces[own]]
        return _capital("".join(pieces))
    return "".join(pieces)


def pet_names(words: str, persona: Persona) -> str:
    """Quirks of the form "calls X 'Y'": says Y for X."""
    for quirk in persona.quirks:
        if found := PET_NAME.search(quirk):
            thing = rf"\b(?:{ARTICLE})?{re.escape(found[1])}\b"
            words = re.sub(thing, found[2].replace("\\", ""), words, flags=re.IGNORECASE)
    return words


def filled(wording: str, slots: Mapping[str, str], persona: Persona) -> str:
    """The wording with its slots filled. Of a fact's words at most the case of the first letter changes."""
    text = slots.get("text", "")
    before, slot, after = wording.partition("{text}")
    if slot:
        opens = not before or before.rstrip().endswith((".", "!", "?"))
        text = _fit(text, opens=opens, formal=persona.tone == "formal")
        if text.endswith((".", "!", "?", "…")):
            after = after.removeprefix(".")
    before, after = (SLOT.sub(lambda found: slots[found[0][1:-1]], part) for part in (before, after))
    return f"{before}{text if slot else ''}{after}"


def ended(words: str) -> str:
    """The words with something at their end that closes a sentence."""
    return words if words.endswith(END) else f"{words.rstrip(',')}."


def _fit(text: str, *, opens: bool, formal: bool) -> str:
    if opens:
        return _capital(text) if formal else text
    return text[:1].lower() + text[1:] if COMMON.match(text) else text


def _capital(words: str) -> str:
    """First letter in upper case, save where the word has a spelling of its own ("iPad")."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def _hasty(piece: str, dice: Random) -> str:
    piece = piece.lower()
    if dice.random() < 0.4:
        piece = re.sub(r",(?= \w)", "", piece)
    return piece.replace("'", "") if dice.random() < 0.6 else piece


def _slip(pieces: list[str], dice: Random) -> list[str]:
    """At most one natural typo in the whole wording."""
    places = [
        (i, word) for i, piece in enumerate(pieces) for word in re.findall(r"[a-z']+", piece) if word in SLIPS
    ]
    if places and dice.random() < SLIP_CHANCE:
        at, word = dice.choice(places)
        pieces[at] = re.sub(rf"\b{word}\b", SLIPS[word], pieces[at], count=1)
    return pieces


def _in_full(piece: str) -> str:
    for short, full in IN_FULL.items():
        piece = re.sub(rf"{short}\b", full, piece, flags=re.IGNORECASE)
    return piece
