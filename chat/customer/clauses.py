"""Where a message can be cut: sentences for sure, commas and conjunctions perhaps, and round what is denied."""

import re

from chat.customer.normalise import any_of

MOST_SENTENCES = 12
MOST_PIECES = 5
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|\s+[-–—]+\s+|\s*\.{3,}\s*|(?<=[?!])(?=[a-z])")
_JOINT = re.compile(
    r"\s*,\s*(?:then |but |so )?|\s+(?:and then|then|but|also|plus|[+/])\s+|\s+(?=(?:and|&)\s)"
)
# "don't reboot", "no need to update", but not "don't worry" or "why don't you ...".
_SPEAKER = r"(?:\b(?:i|we|you|it|that) (?:will|would|should|shall|can|could|do|did|have|am|are)(?: \w+)? |\b(?:better|rather) )?"
_DENIED = any_of(
    _SPEAKER
    + r"(?<!why )\b(?:please )?(?:do not|never) (?!worry|forget|hesitate|be |mind|know|think|let it|you\b)",
    r"\b(?:there is )?no (?:need|reason|point|use|sense)\b|\bnever mind (?:the|that|this|it)\b",
    # "Forget the reboot", but a network is really forgotten: that is the name of the button.
    r"\bforget(?: about)? (?:the|that|this|it)\b(?! (?:[\w-]+ ){0,3}(?:networks?|wi-?fi|wireless|hotspots?|rings)\b)",
    r"\b(?:under no circumstances|in no case|on no account|by no means)\b|\byou are not to\b(?! blame\b)",
    r"\bno (?:more |further |new )?(?:restart|reboot|updat|hotspot|screenshot|reinstall|escalation|call-?back)\w*",
    r"(?:^|, )(?:and |but )?not (?:the|that|this|your|in|on|via|by|from|with)\b",
    r"\b(?:need not|not necessary|refrain from|avoid|instead of|rather than|hold off)\b",
    r"\byou (?:should not|do not) (?:have|need)\b|\byou must not\b",
    _SPEAKER + r"(?<!why )\bnot (?:to )?(?=(?:restart|reboot|close|try|update|sign|log)(?:ing)?\b)",
)
# "Before I change anything, could you ...": what comes first only leads up to the rest.
_LEAD_UP = re.compile(
    r"^(?:(?:and|so|ok|okay|but|just|well|right),? )*before (?:i|we|anything) [^,:?]*?"
    r"(?:[,:]\s*|\s+(?=(?:i|we) (?:need|have|must|want)\b|(?:can|could|may|would|please) ))"
)
# "One thing: ...", "to be honest, ...": words that only open what follows.
_OPENS = re.compile(
    r"^(?:(?:and|so|ok|okay|but|just|well|right|now|then|oh),? )*(?:to be (?:quite |perfectly )?(?:honest|frank|sure|on the safe side)|honestly|frankly"
    r"|(?:just )?(?:one|another)(?: more| last| quick| small| little)? (?:thing|question|one)|quick (?:one|question)|first things first"
    r"|first of all|for a start|to (?:start|begin)(?: with| off)?|for the record|for my notes|for the sake of good order|forgive me|by the way|btw"
    r"|next(?: one| thing| question| up)?|last (?:thing|one|question)|question|if i may(?: ask)?|may i ask|might i ask|if you do not mind me asking"
    r"|out of interest|just so (?:that )?i (?:understand|know|have it right)[^,:?]*|just checking|right then|now then)\s*[,:]\s*(?:and |then )?(?=\w)"
)
# Courtesy set about a request: taken out, it is the request.
_WORDY = tuple(
    (re.compile(pattern), plainly)
    for pattern, plainly in (
        (r"\b(?:i was|i am|just) wondering (?:if|whether) you (?:could|can|would|might)\b", "can you"),
        (
            r"\b(?:would|could|will|might) you (?:please |perhaps )?be (?:so |very )?(?:kind|good)(?: enough)?(?: as)? to\b",
            "can you",
        ),
        (r"\b(?:may|might|can|could) i (?:just )?trouble you for\b", "can i have"),
        (
            r"\b(?:may|might|can|could) i ask(?: you)?(?= (?:what|which|who|whose|when|where|how|if|whether|why)\b)",
            "tell me",
        ),
        (
            r"(?:^|, ?| )(?:if|whenever|when|once|as soon as) (?:you (?:would|could|can|will)(?: please)? be so (?:kind|good)(?: as to)?"
            r"|you (?:do not|would not) mind|it is not (?:too much (?:trouble|to ask|bother)|any trouble)|you (?:please|like|will)"
            r"|you (?:have|find|get|have got) (?:a|one|the) (?:spare |free |quiet )?(?:moment|minute|second|sec|chance|time)|it suits you|that is possible|possible)"
            r"(?=[,.?!]|$)(?:, ?)?",
            " ",
        ),
        (
            r",? (?:my )?(?:dear|love|luv|darling|sweetie|hun|hon|mate|pet|bro|buddy|sir|madam|ma'am)(?=\s*[,.?!]|$)(?<!your mate)(?<!my mate)",
            "",
        ),
        (r" (?:by any chance|perchance|perhaps|possibly|happen to)(?=[ ,.?!]|$)", ""),
    )
)
# "Press it and tell me what it says": what is asked for stands on its own.
_REPORT = re.compile(
    r"(?<=\w)(?<!\btry)(?<!\btry and)(?:\s*,)?\s+(?:and |then )*(?:please |just )?(?=(?:tell me|let me know)"
    r" (?:if|whether|what (?:it|you|happens|comes|that|the (?:screen|message|page|window)))\b)"
)
# "A restart | never harmed anyone": what a denial goes on from is its subject.
_SUBJECT = re.compile(r"^(?:\w+ ){0,2}(?!please\b|but\b|and\b|so\b|then\b|just\b|ok\b|stop\b|no\b)\w+$")
# "Sign in with your user name | and password": no request of its own.
_KEY_TOO = re.compile(
    r"^(?:and|&) (?:your |the )*(?:passwords?|pass ?code|pin|card (?:number|details)|credentials)\b"
)
_WITH = re.compile(
    r"\b(?:with|using|type|enter|put|into)\b(?!.*\b(?:here|chat|me|us)\b)|^(?:and |so |ok )?(?:did|does|do|was|were|is|has|have|had)\b"
)
_SCOPE_ENDS = re.compile(r"\s*[,;]\s*|\s+(?=(?:but|just|only|instead|simply)\b)|(?<!\bto)\s+(?=try\b)")


# "It's not a driver: I think ...": what is said comes after.
_NOT_THAT = re.compile(
    r"^(?:(?:no|so|well|and|but|i think|i am afraid)\W+)*(?:(?:it|that|this) (?:is|was) |there is )?(?:not|no|nothing)\b[^:?]*:\s+(?=\w)"
)


def sentences(text: str) -> list[str]:
    """Sentences in order, at most a dozen."""
    found = (_plainly(_NOT_THAT.sub("", piece.strip())) for piece in _SENTENCE.split(text))
    return [part for piece in found for part in _REPORT.split(piece) if part][:MOST_SENTENCES]


def _plainly(sentence: str) -> str:
    """The sentence without what only leads up to it; courtesy alone stays as it is."""
    said = _OPENS.sub("", _LEAD_UP.sub("", sentence))
    for pattern, plain in _WORDY:
        said = pattern.sub(plain, said)
    return said.strip(" ,") if re.search(r"\w", said) else sentence


def pieces(sentence: str) -> list[str]:
    """What commas and conjunctions separate; joined again with commas they read as the sentence."""
    found: list[str] = []
    for piece in (p.strip() for p in _JOINT.split(sentence)):
        if found and _KEY_TOO.search(piece) and _WITH.search(found[-1]):
            found[-1] += f" {piece}"
        elif re.search(r"\w", piece):
            found.append(piece)
    if len(found) > MOST_PIECES:
        found[MOST_PIECES - 1 :] = [", ".join(found[MOST_PIECES - 1 :])]
    return found or [sentence]


def denied(sentence: str) -> tuple[list[str], list[str]]:
    """(what is said, what is denied or put off) of one sentence in plain text."""
    start = _DENIED.search(sentence)
    if not start:
        return [sentence], []
    end = _SCOPE_ENDS.search(sentence, start.end())
    stop = end.start() if end else len(sentence)
    rest = sentence[end.end() :] if end else ""
    before = sentence[: start.start()].strip()
    if _SUBJECT.search(before):
        return [s for s in [rest.strip(" ,")] if re.search(r"\w", s)], [sentence[:stop]]
    said = [before.strip(" ,"), rest.strip(" ,")]
    return [s for s in said if re.search(r"\w", s)], [sentence[start.start() : stop]]
