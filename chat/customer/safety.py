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
_FILLED_IN = r"(?: (?:your|the|that|old|new|current|login|windows|email|username and|user name and|user and|last|actual|account|network|domain|\w+day is))*"
ASKS_SECRET = any_of(
    rf"^\W*(?:and |so |ok |hi |now )*(?:your |the |current |old |new |login |username and |user name and )*{_KEY}(?: please)?\W*$",
    rf"\b(?:tell|give|send|share|provide|read|spell|say|show|write|mail|email|text|pass|need|know|have|get|chuck|shoot|drop|pop|type|enter|put|confirm|disclose)\b"
    rf"(?: (?:me|us|out|over|it|i|to|just|up|down|in|with))*{_FILLED_IN} {_KEY}\b",
    rf"\bwhat(?: is| was| are)? (?:your|the|you) (?:\w+ ){{0,2}}{_KEY}\b",
    rf"\b(?:what|which) {_KEY} (?:do|did|are) you\b|\b(?:what|which) {_KEY} (?:is|was) it\b",
)
_NO_SECRET = any_of(
    r"\b(?:not|never|nobody|no one|without|resets?|expired?|expires|changed?|manager|policy|when|older|forgot|forgotten)\b",
    r"\b(?:portal|page|screen|field|box|prompt|window)\b",
    r"\b(?:do|did|does|have|has|had) (?:you|it) (?:\w+ )?(?:have|get|ask|need)\b",
)
_PLAINLY = re.compile(
    rf"\bwhat is (?:your|the) (?:\w+ ){{0,2}}?{_KEY}(?: that)? you\b|\b(?:what|which) (?:did|do) you (?:type|set|enter|put|put in|use|choose)"
    rf"(?: \w+){{0,3}}? (?:as|for) (?:\w+ )?{_KEY}\b|\bwhich {_KEY} (?:do|did) you (?:type|set|enter|put|use|choose)\b"
)
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
    if _PLAINLY.search(text):
        return True
    if not ASKS_SECRET.search(text) or _NO_SECRET.search(text):
        return False
    return bool(not _TYPING.search(text) or _TO_US.search(text))


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
