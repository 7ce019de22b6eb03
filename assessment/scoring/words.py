"""Matching text. What a learner writes is only ever compared with known words, never obeyed."""

import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+(?:['\-][a-z0-9]+)*")
_ARTICLE = re.compile(r" (?:a|an|the) ")
_CALM = re.compile(
    r"\b(?:no|not|isn't|never|without)\b(?:\W+\w+){0,2}?\W+(?:hurry|rush|urgent|urgency|pressure|stress\w*|deadline|immediately|right now|asap)\b"
)
_CLAUSE = re.compile(r"[.;,:!?\n]|\bbut\b")
_NEGATION = re.compile(
    r"\b(not|no|never|without|cannot|unable|failed to|refused|nobody|could ?n.?t|can.?t|did ?n.?t|was ?n.?t|is ?n.?t)\b"
)
# Close enough to be sure: "ignore that prompt" or "the system message" are words of a help desk.
_JUDGE = r"(?:grader|evaluator|assessor|examiner|judge|assistant|ai|language model|bot|developer)"
_INJECTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,20}\b(?:your|previous|prior|earlier|above|all|the)\b.{0,20}"
    r"\b(?:instructions|rubric|criteria|guidelines|rules)\b"
    r"|\b(?:full|maximum|max|top|perfect|highest) (?:marks?|scores?|points|grades?)\b"
    r"|\baward\b.{0,40}\b(?:100|points|marks|xp)\b"
    r"|\b(?:give|assign|set)\b.{0,40}\b(?:100 (?:points|marks|percent)|(?:a|my|this|the) (?:score|grade) (?:of|to|is))\b"
    r"|\bscore\b\W{0,3}(?:of |is |to |be )?(?:100|10/10)\b|\b100 ?(?:/|out of) ?100\b"
    r"|(?:^|[.\n>{}] ?)(?:system|assistant|developer) ?:|\"? system:|\bsystem prompt\b|\bdeveloper (?:message|mode)\b|\badmin override\b"
    rf"|\b(?:you are now|act as|pretend to be|as) (?:the|my|an?) (?:\w+ )?{_JUDGE}\b|\b(?:grader|evaluator|assessor)\b"
    r"|<\|?/?(?:system|assistant|im_start|im_end|instructions?)|\[/?(?:system|inst)\]"
    r"|\bmark (?:this|the|all|every)\b.{0,20}\b(?:attempt|session|dimension|criteri\w+)\b"
    r"|\bcriteri(?:on|a)\b.{0,30}\b(?:met|passed)\b"
    r"|\b(?:reveal|print|show|tell) .{0,20}\b(?:root cause|rubric|your instructions)\b",
    re.DOTALL,
)
_SECRET = re.compile(
    r"\b(?:password|passcode|passphrase|pwd|pin|otp|one-time code)\b\s*(?:is|was|to|:|=|->)\s*[\"'`]?"
    r"(?=\S*[0-9!@#$%&*])\S{4,}"
)
_STRESS = re.compile(
    r"!!|:\(|:'\(|\b(urgent|asap|please help|really need|need (it|this)|again|third time|deadline|desperate|stuck|boarding"
    r"|right now|immediately|hurry|be quick|quickly|need (?:\w+ ){0,3}(?:now|today)|annoy\w*|frustrat\w*|stress\w*|fed up|fix it)\b"
)
_DEADLINE = re.compile(
    r"\b(?:by|until|till|before|at|closes?|starts?) (?:\w+ ){0,3}?(?:\d{1,2}(?:[:.]\d\d|\s?[ap]m| o'clock)|noon|\w+ o'clock)"
    r"|\bin (?:\w+ )?(?:minutes|an hour)\b|\bhow (?:much )?long(?:er)? (?:will|do|does|is)\b|\b\d+ minutes so far\b|\btonight\b"
)
STOCK = frozenset(
    [
        "about",
        "after",
        "again",
        "also",
        "because",
        "been",
        "before",
        "being",
        "cannot",
        "could",
        "customer",
        "desk",
        "does",
        "doing",
        "done",
        "each",
        "else",
        "even",
        "ever",
        "feel",
        "from",
        "have",
        "hear",
        "hello",
        "help",
        "here",
        "issue",
        "just",
        "know",
        "like",
        "look",
        "make",
        "more",
        "most",
        "must",
        "need",
        "okay",
        "only",
        "other",
        "over",
        "please",
        "problem",
        "really",
        "right",
        "service",
        "should",
        "some",
        "sorry",
        "sure",
        "than",
        "thank",
        "thanks",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "this",
        "those",
        "time",
        "today",
        "understand",
        "user",
        "very",
        "want",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "will",
        "with",
        "work",
        "working",
        "would",
        "your",
        "yours",
        "yourself",
        "annoying",
        "frustrating",
        "stressful",
        "difficult",
        "terrible",
        "awful",
        "appreciate",
        "feeling",
        "frustrated",
        "frustration",
        "imagine",
        "inconvenience",
        "matter",
        "patience",
        "situation",
        "trouble",
        "waiting",
        "unpleasant",
        "upset",
    ]
)


def tidy(text: str) -> str:
    """One alphabet, single spaces (line ends stay)."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C")
    return re.sub(r"[ \t]+", " ", text)


def normal(text: str) -> str:
    """Tidy, and in lower case."""
    return tidy(text).casefold()


def words(text: str) -> list[str]:
    return _WORD.findall(normal(text))


def telling(text: str) -> frozenset[str]:
    """Words that say something: three letters or more, none of the stock phrases of a desk."""
    return frozenset(word for word in words(text) if len(word) >= 3 and word not in STOCK)


def bare(text: str) -> str:
    """Without articles, so that "assigned a licence" says "assigned licence"."""
    return _ARTICLE.sub(" ", normal(text))


def contains(text: str, wording: str) -> bool:
    """Whether the wording begins at a word of the text ("renew" is in "renewed"); a short one is a word ("hi")."""
    end = r"(?!\w)" if len(wording) <= 3 else ""
    return re.search(rf"(?<!\w){re.escape(normal(wording))}{end}", normal(text)) is not None


def contains_any(text: str, wordings: list[str] | tuple[str, ...]) -> bool:
    return any(contains(text, wording) for wording in wordings)


def claims(text: str, wording: str) -> bool:
    """Whether the wording is said and not denied in the same clause."""
    text = normal(text)
    for found in re.finditer(rf"(?<!\w){re.escape(normal(wording))}", text):
        before = _CLAUSE.split(text[: found.start()])[-1]
        if not _NEGATION.search(before):
            return True
    return False


def claims_any(text: str, wordings: list[str] | tuple[str, ...]) -> bool:
    return any(claims(text, wording) for wording in wordings)


def is_injection(text: str) -> bool:
    """Words meant for whoever grades rather than for a colleague or a customer."""
    return _INJECTION.search(normal(text)) is not None


def holds_password(text: str) -> bool:
    return _SECRET.search(normal(text)) is not None


def holds_number(text: str, number: str) -> bool:
    """Whether all digits of a phone number stand in the text, however they are set."""
    wanted = re.sub(r"\D", "", number)
    return len(wanted) >= 7 and wanted[-9:] in re.sub(r"(?<=\d)[\s().\-/]+(?=\d)", "", normal(text))


def shows_stress(text: str) -> bool:
    return _STRESS.search(_CALM.sub(" ", normal(text))) is not None


def has_deadline(text: str) -> bool:
    """Whether somebody's time is running: a clock time to keep, minutes that are counted."""
    return _DEADLINE.search(_CALM.sub(" ", normal(text))) is not None


def quote(text: str, longest: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
