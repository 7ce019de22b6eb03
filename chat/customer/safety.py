"""Rules that no statistics may overrule: orders to the simulator, requests for a secret, values given away."""

import re

from chat.customer.normalise import any_of
from scenarios.world.document import World

_RULES = r"(?:instruction|rule|prompt|guideline|role|persona|programming|character|directive|constraint)s?"
_MARKS = r"(?:marks?|points?|scores?|xp|stars|grade|rating)"
INJECTION = any_of(
    rf"\b(?:ignore|disregard|forget|override|bypass|drop|reset|break)\b.{{0,30}}\b(?:previous|prior|above|all|your|of)\b.{{0,20}}\b{_RULES}\b",
    r"\b(?:reveal|print|show|output|repeat|dump|leak|display|list|what (?:is|are))\b.{0,25}\b(?:system prompt"
    r"|your (?:hidden |secret )?(?:instructions|prompt|rules)|hidden (?:facts?|state|instructions|variables)|scenario file|rubric)\b",
    r"\bforget (?:everything|all|anything) (?:that )?(?:you (?:were|have been|are) (?:told|given|asked)|above|before this|you know|i said)\b",
    r"\b(?:mark|pass|grade|rate) (?:me|this) (?:as )?(?:a )?(?:passed|pass|complete|completed|excellent|correct)\b",
    r"^\W*(?:system|assistant|developer|admin|grader|assessor|evaluator|examiner|judge)\W*[:\]]",
    r"</?(?:system|assistant|user|instructions?)>|\[/?inst\]",
    r"\byou are (?:now |actually |really |no longer )?(?:an? |the )?"
    r"(?:ai\b|language model|chat ?bot|bot\b|llm\b|assistant|grader|customer\b|in (?:developer|debug|admin|god) mode)",
    rf"\b(?:full|maximum|max|perfect|top|all the|100|hundred)\b.{{0,12}}\b{_MARKS}\b",
    rf"\b(?:set|raise|increase|give|award|change)\b.{{0,20}}\b(?:trust|patience|mood|{_MARKS})\b.{{0,8}}\b(?:to|100|max)\b",
    r"\b(?:break|drop|out of) (?:the |your )?(?:character|role|act)\b",
    r"\b(?:jailbreak|role ?playing|simulator|simulation|debug mode|developer mode|system prompt:)",
    r"\b(?:tell|give|show) me (?:the )?(?:root cause|solution|right answer|correct answer|model answer)\b",
)
_KEY = (
    r"(?:passwords?|pass ?codes?|pass ?phrases?|pin(?: code| number)?|credentials|cvv"
    r"|(?:credit |debit |bank )?card (?:number|details)|security answer|secret (?:answer|phrase|question))"
)
_FILLED_IN = r"(?: (?:your|the|that|old|new|current|login|windows|email|username and|user name and|user and|login and|last|actual|account|network|domain|\w+day is))*"
_GIVE = (
    r"(?:tell|give|send|share|provide|read|spell|say|show(?= (?:me|us))|write|mail|email|text|pass|chuck|shoot|drop|pop|type|enter|put"
    r"|confirm|disclose|dictate|key in)"
)
_TO_WHOM = r"(?: (?:me|us|out|over|it|i|to|just|up|down|in|with))*"
_MAY = r"(?: (?:would|will|just|also|really|quickly|only|please|now|then|first|do|am|going to|to))*"
_I_ASK = (
    rf"(?:(?:may|can|could|might|shall) (?:i|we){_MAY} (?:know|have|get)|let (?:me|us) (?:know|have|get)"
    rf"|\b(?:i|we){_MAY} (?:(?:need|have|want|like|ought|must|should)(?: to)? (?:know|have|get)|need|want|require|would like))"
)
# "Tell me", "I need to know": words that want a secret handed over, whatever it is called.
_WANTED = any_of(
    rf"\b(?!(?:type|enter|put|confirm)\b(?!.*\b(?:here|chat|me|us)\b)){_GIVE}\b(?!{_TO_WHOM} (?:if|whether|where|when|how|why|who|that|once|after|as soon as)\b)",
    rf"\b{_I_ASK}\b",
    r"\b(?:gave|telling|giving) (?:me|us)\b|^\W*(?:and |so |ok |hi |please |just )*need\b",
    r"\bhow is\b.*\bspel\w+",
)
ASKS_SECRET = any_of(
    rf"^\W*(?:and |so |ok |hi |now )*(?:your |the |current |old |new |login |login and |user and |username and |user name and )*{_KEY}(?: please)?\W*$",
    rf"\b{_GIVE}{_TO_WHOM}{_FILLED_IN} {_KEY}\b",
    rf"\b{_I_ASK}{_TO_WHOM}{_FILLED_IN} {_KEY}\b",
    rf"^\W*(?:and |so |ok |hi |please |just )*need{_TO_WHOM}{_FILLED_IN} {_KEY}\b",
    rf"\bwhat(?: is| was| are)? (?:your|the|you) (?:\w+ ){{0,2}}{_KEY}\b",
    rf"\b(?:what|which) {_KEY} (?:do|did|are) you\b|\b(?:what|which) {_KEY} (?:is|was) it\b",
)
# What unlocks a phone goes by many names; one that we sent is no secret.
_UNLOCKS = re.compile(
    r"\b(?:what|which|tell me|give me|send me|read me|i need)\b.{0,20}\b(?:code|digits|numbers?|pattern|combination)\b"
    r" (?:that |do |did |is it )?you (?:\w+ ){0,3}?(?:use|type|enter|put|set|have|draw|unlock|pick(?:ed)?|chose)\b.*\b(?:unlock\w*|lock|get in(?:to)?|log in|open)\b"
    r"|\b(?:what|which) (?:code|digits|numbers?|pattern|combination) (?:do you unlock|unlocks)\b"
)
# "They know your password", "does anybody else have it": about others, who were not asked.
_OTHERS = re.compile(
    r"\b(?:they|he|she|who|whoever|whose|(?:any|some|every)(?:body|one)|no ?body|others?|thie(?:f|ves)|people|strangers?|attackers?|criminals?"
    r"|fraudsters?|scammers?|hackers?|sender|mail|link|many|much)\b|\b(?:did|have|had) you\b"
)
_NO_SECRET = any_of(
    r"\b(?:not|never|nobody|no one|without|resets?|expired?|expires|changed?|manager|policy|when|older|forgot|forgotten)\b",
    r"\b(?:portal|page|screen|field|box|prompt|window)\b",
    rf"\b(?:a|an|another) (?:\w+ ){{0,2}}{_KEY}\b",
    r"\b(?:do|did|does|have|has|had) (?:you|it) (?:\w+ )?(?:have|get|ask|need)\b",
)
_PLAINLY = re.compile(
    rf"\bwhat is (?:your|the) (?:\w+ ){{0,2}}?{_KEY}(?: that)? you\b|\b(?:what|which) (?:did|do) you (?:type|set|enter|put|put in|use|choose)"
    rf"(?: \w+){{0,3}}? (?:as|for) (?:\w+ ){{0,2}}{_KEY}\b|\bwhat did you (?:change|set) (?:the|your) (?:\w+ )?{_KEY} to\b"
    rf"|\bwhat is (?:the answer to your (?:security|secret) question|your mother's maiden name)\b|\bwhich {_KEY} (?:do|did) you (?:type|set|enter|put|use|choose)\b"
)
_LOCK = re.compile(r"\b(?:locks?|locked|locking|protected|secured|fingerprint|face id)\b")
BRIEF = 3  # words
_TYPING = re.compile(rf"\b(?:type|enter|put|confirm)\b.* {_KEY}\b")
_TO_US = re.compile(r"\b(?:here|chat|me|us|i)\b")

RECORD = ("employee_id", "asset_tag", "manager", "username", "phone_on_file", "department")
# A department is an everyday word: it must be said to be the caller's.
_THEIRS = r"(?:\byou(?: are| work| working| sit|'re)\b|\byour (?:department|team|unit)\b|\brecords?\b|\bdown as\b|\bhave you\b|\bare you\b)"
_OF_MANAGER = re.compile(
    r"\b(?:manager|boss|supervisor|report(?:ing)? to|work(?:ing)? (?:for|under)|team lead)\b"
)
_A_THING = r"(?! (?:share|folder|drive|system|app|report|site|printer|floor|server|mailbox|file))"


def asks_secret(text: str) -> bool:
    """Plain text asks for a password or the like; "type it into the box" and "never tell me" do not."""
    if _PLAINLY.search(text) or _UNLOCKS.search(text):
        return True
    asked = ASKS_SECRET.search(text)
    if not asked or _NO_SECRET.search(text) or _of_others(text[: asked.start()]):
        return False
    return bool(not _TYPING.search(text) or _TO_US.search(text))


def wants_secret(text: str) -> bool:
    """Whether plain text that sounds like asking for a secret can be asking: it wants something handed over."""
    wanted = _WANTED.search(text)
    brief = len(text.split()) <= BRIEF and text.endswith("?")
    return bool((wanted and not _of_others(text[: wanted.start()])) or brief) and not _NO_SECRET.search(text)


def _of_others(before: str) -> bool:
    """Whether the words that lead up to a request in the same stretch make it somebody else's."""
    return bool(_OTHERS.search(before.rpartition(",")[2]))


def names_lock(text: str) -> bool:
    """Plain text speaks of how something is locked: "a PIN?" after it asks which kind, not for the digits."""
    return bool(_LOCK.search(text))


def disclosed(world: World, text: str, answered: dict[str, str]) -> list[str]:
    """Record fields whose value plain text gives away before the caller did."""
    record = world.identity.directory
    return [
        field for field in RECORD if field not in answered and _mentions(field, getattr(record, field), text)
    ]


def _mentions(field: str, value: str | None, text: str) -> bool:
    if not value:
        return False
    if field == "phone_on_file":
        digits = re.sub(r"\D", "", value)
        return len(digits) >= 6 and digits[-6:] in re.sub(r"(?<=\d)[\s\-()./]+(?=\d)", "", text)
    if field in ("employee_id", "asset_tag"):
        return re.sub(r"[\W_]", "", value.lower()) in re.sub(r"(?<=[a-z0-9])[\s\-_](?=\d)|-", "", text)
    if field == "manager" and _OF_MANAGER.search(text):
        return any(re.search(rf"\b{re.escape(part)}\b", text) for part in value.lower().split())
    name = re.escape(value.lower())
    if field == "department":
        return bool(
            re.search(rf"{_THEIRS}.{{0,40}}\b{name}\b{_A_THING}|\b{name} is your (?:department|team)\b", text)
        )
    return bool(re.search(rf"\b{name}\b", text))
