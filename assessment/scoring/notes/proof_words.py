"""How notes say that nobody was verified, or that the check failed."""

import re

from assessment.scoring.words import normal

SENTENCE = re.compile(r"[^.!?;\n]+")
PROOF = re.compile(
    r"verif|\bidenti|authenticat|call\W?-?\W?back|\b(?:called|rang|phoned|rung)\b|\bcb\b|\bwho (?:is|was|it was|they are|he is|she is)\b"
    r"|\bcaller\b|\b(?:employee|staff|personnel|emp)\W? ?(?:id|no|number|#)|\basset tag\b|\bmanager|\bbadge\b|\bcode\b|\bpro(?:of|ve[dn]?)\b"
    r"|\bnumber (?:on|that|we)\b|\b(?:security|id) (?:check|questions?)\b|\bids?\b|\bcheck of\b"
)
DENIAL = re.compile(
    r"\b(?:not|no|never|nobody|none|without|fail\w*|skip\w*|forg[oe]t\w*|omit\w*|miss(?:ed|ing)|refus\w*|declin\w*|wrong|mis-?match\w*|only"
    r"|unverified|un(?:answered|proved|proven|known|clear|able|confirmed|checked|identified|successful)|denied|doubt\w*|suspect\w*|suspicious"
    r"|impostors?|imposters?|fraud\w*|scam\w*|outstanding|pending|open)\b|n't\b|\b(?:did|was|could|is|has)nt\b"
)


def denies_proof(text: str) -> bool:
    """Whether a sentence speaks of who was calling and says that something of it was lacking."""
    return any(PROOF.search(each) and DENIAL.search(each) for each in SENTENCE.findall(normal(text)))
