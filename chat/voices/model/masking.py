"""What does not leave the house though somebody typed it: addresses, numbers of people and cards, passwords."""

import re

MASKS = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
    (re.compile(r"(?<![\w-])(?:\d[ -]?){12,18}\d(?![\w-])"), "[card number]"),
    (re.compile(r"(?<![\w-])(?:\+|00|\(0|0)\d(?:[ ()/.-]{0,2}\d){6,14}(?![\w-])"), "[phone number]"),
    (re.compile(r"(?<![\w-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])"), "[phone number]"),
    (
        re.compile(
            r"(?i)\b(pass ?(?:word|phrase|code)|pwd|passwd|pin)(\s*(?:is|was|will be|to|=|:)+\s*[\"'“‘]?)(?!\b(?:not|reset|expired|wrong|still|correct|right)\b)\S+"
        ),
        r"\1\2[secret]",
    ),
)


def masked(text: str) -> str:
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text
