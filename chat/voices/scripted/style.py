"""How a persona types: case, commas, contractions, slips, pet names. Slots such as {text} are never touched."""

import re
from collections.abc import Callable, Mapping
from random import Random

from scenarios.personas import Manner, manner_of
from scenarios.world.document import Persona

SLOT = re.compile(r"(\{\w+\})")
ARTICLE = r"(?:the|a|an|my|that|this|his|her|their|our|every|all) "
PET_NAME = re.compile(rf"""calls (?:{ARTICLE})?(.+?) ['"‘“](.+?)['"’”]""")
END = (".", "!", "?", "…", ")", ":(", ":D", "-")
SLIP_CHANCE = 0.2
DROP_CHANCE = 0.8
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
LOUD = re.compile(
    r"\b(again|all|anything|everything|finally|never|no|nothing|now|please|really|so|still|thank|very|yes)\b",
    re.IGNORECASE,
)
# Words that may lose their capital in the middle of a sentence; anything else could be a name.
COMMON = re.compile(
    r"(about|after|all|an?|another|any|as|at|because|before|both|by|each|every|everything|first|for|from|he|her|his"
    r"|how|if|in|its?|just|last|my|never|nobody|not?|nothing|now|of|ok|on|one|only|or|our|out|ran|same|she|since|so"
    r"|some|somebody|someone|still|that|the|their|then|there|these|they|this|three|to|twice|two|until|was|we|what"
    r"|when|where|which|who|with|yes|yesterday|you|your)\b",
    re.IGNORECASE,
)
KEEPS_CAPITAL = re.compile(r"I\b|\{|\W|\w[A-Z]")
NEW_SENTENCE = re.compile(r"(?<=[a-z])\. (?=[A-Z])")
LAST_STOP = re.compile(r"(?<=\w)\.$")


def casual(persona: Persona) -> bool:
    """Whether they type in lower case with few commas."""
    lower = manner_of(persona).lower
    usual = persona.tone == "hurried" or (persona.tone == "friendly" and persona.tech == "novice")
    return usual if lower is None else lower


def typed(wording: str, persona: Persona, dice: Random) -> str:
    """A wording of the bank as this persona types it; slots stay as they are."""
    manner, formal = manner_of(persona), persona.tone == "formal"
    pieces = SLOT.split(pet_names(wording, persona))
    own = slice(0, None, 2)
    for change in _changes(persona, manner, dice):
        pieces[own] = [change(piece) for piece in pieces[own]]
    if slips := manner.slips or SLIP_CHANCE * casual(persona):
        pieces[own] = _slip(pieces[own], slips, dice)
    words = "".join(pieces)
    if casual(persona) and manner.stop == ".":
        return words.removesuffix(".")
    words = LAST_STOP.sub(manner.stop, words)
    return _capital(words) if formal else words


def opened(opener: str, wording: str) -> str:
    """The wording after an interjection of theirs ("Right then. Done." or "um, done.")."""
    runs_on = not opener.endswith((".", "!", "?")) or opener.endswith("...")
    keeps = not runs_on or KEEPS_CAPITAL.match(wording)
    return f"{opener} {wording if keeps else wording[:1].lower() + wording[1:]}"


def closed(wording: str, closer: str) -> str:
    """The wording with something of theirs at its end: a sentence, or a face."""
    return f"{ended(wording) if closer[0].isalpha() else wording} {closer}"


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


def ended(words: str, persona: Persona | None = None) -> str:
    """The words with something at their end that closes a sentence."""
    stop = manner_of(persona).stop if persona else "."
    return words if words.endswith(END) else f"{words.rstrip(',')}{stop or '.'}"


def _changes(persona: Persona, manner: Manner, dice: Random) -> list[Callable[[str], str]]:
    """What happens to each piece of a wording, in this order."""
    in_full = persona.tone == "formal" if manner.in_full is None else manner.in_full
    changes: list[Callable[[str], str]] = []
    if manner.says:
        changes.append(lambda piece: _in_their_words(piece, manner))
    if in_full:
        changes.append(_in_full)
    if not manner.articles:
        changes.append(lambda piece: _without_articles(piece, dice))
    if manner.pause != ". ":
        changes.append(lambda piece: NEW_SENTENCE.sub("\0", piece))
        changes.append(lambda piece: re.sub(r"\0(\w+)", lambda f: manner.pause + _small(f[1]), piece))
    if casual(persona):
        changes.append(lambda piece: _hasty(piece, dice))
    if manner.shouts:
        changes.append(lambda piece: _shouted(piece, manner.shouts, dice))
    return changes


def _fit(text: str, *, opens: bool, formal: bool) -> str:
    if opens:
        return _capital(text) if formal else text
    return text[:1].lower() + text[1:] if COMMON.match(text) else text


def _capital(words: str) -> str:
    """First letter in upper case, save where the word has a spelling of its own ("iPad")."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def _small(word: str) -> str:
    return word if KEEPS_CAPITAL.match(word) else word[:1].lower() + word[1:]


def _in_their_words(piece: str, manner: Manner) -> str:
    for usual, own in manner.says.items():
        edge = r"(?<![\w'])" if usual[0].isalpha() else ""
        said = re.compile(rf"{edge}{re.escape(usual)}(?![\w'])", re.IGNORECASE)
        piece = _put_for(said, own, piece)
    return piece


def _without_articles(piece: str, dice: Random) -> str:
    def dropped(found: re.Match[str]) -> str:
        if dice.random() > DROP_CHANCE:
            return found[0]
        return _capital(found[2]) if found[1][0].isupper() else found[2]

    return re.sub(r"\b(the|a|an) (\w)", dropped, piece, flags=re.IGNORECASE)


def _shouted(piece: str, chance: float, dice: Random) -> str:
    """At most one word of it in capitals."""
    found = list(LOUD.finditer(piece))
    if not found or dice.random() >= chance:
        return piece
    loud = dice.choice(found)
    return piece[: loud.start()] + loud[0].upper() + piece[loud.end() :]


def _hasty(piece: str, dice: Random) -> str:
    piece = piece.lower()
    if dice.random() < 0.4:
        piece = re.sub(r",(?= \w)", "", piece)
    return piece.replace("'", "") if dice.random() < 0.6 else piece


def _slip(pieces: list[str], chance: float, dice: Random) -> list[str]:
    """At most one natural typo in the whole wording."""
    places = [
        (i, word) for i, piece in enumerate(pieces) for word in re.findall(r"[a-z']+", piece) if word in SLIPS
    ]
    if places and dice.random() < chance:
        at, word = dice.choice(places)
        pieces[at] = re.sub(rf"\b{word}\b", SLIPS[word], pieces[at], count=1)
    return pieces


def _in_full(piece: str) -> str:
    for short, full in IN_FULL.items():
        piece = _put_for(re.compile(rf"{short}\b", re.IGNORECASE), full, piece)
    return piece


def _put_for(said: re.Pattern[str], own: str, piece: str) -> str:
    """Other words for some, with a capital where those had one; that of "OK" goes unless a sentence begins."""

    def put(found: re.Match[str]) -> str:
        before = piece[: found.start()].rstrip()
        begins = not before or before.endswith((".", "!", "?"))
        return _capital(own) if begins and found[0][0].isupper() else own

    return said.sub(put, piece)
