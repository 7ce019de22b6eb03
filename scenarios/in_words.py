"""What YAML and the schema complain about, in words that an author can act on. Plain Python."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

KINDS = {
    "int_type": "a whole number without quotes",
    "int_parsing": "a whole number without quotes",
    "int_from_float": "a whole number",
    "float_type": "a number without quotes",
    "float_parsing": "a number without quotes",
    "string_type": "text",
    "bool_type": "true or false, without quotes",
    "bool_parsing": "true or false, without quotes",
    "list_type": 'a list: ["one", "two"], or lines that begin with a dash',
    "tuple_type": "a list of two numbers: [55, 80]",
    "dict_type": "a mapping: names with a colon, each with its value",
    "model_type": "a mapping: names with a colon, each with its value",
    "model_attributes_type": "a mapping: names with a colon, each with its value",
}
PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case words joined by hyphens: vpn-will-not-connect",
    r"^[a-z][a-z0-9_]*$": "lower-case words joined by underscores: check_cert",
}
YAML_SAYS = (
    ("duplicate key", "this name stands here twice: keep one of them"),
    ("mapping values are not allowed", "put text with a colon in it between double quotes"),
    ("undefined alias", "a * begins an alias in YAML: put the text between double quotes"),
    ("found character '@'", "text cannot begin with @ or `: put it between double quotes"),
    ("found character '`'", "text cannot begin with @ or `: put it between double quotes"),
    ("while scanning a quoted scalar", "a quotation mark is not closed"),
    ("unexpected end of stream", "a bracket or a quotation mark is not closed"),
    ("did not find expected ',' or ']'", "a comma or the closing ] is missing"),
    ("expected ',' or ']'", "a comma or the closing ] is missing"),
    ("expected ',' or '}'", "a comma or the closing } is missing"),
    (
        "expected <block end>",
        "this line is not as far to the right as its neighbours, or a bracket is not closed",
    ),
    ("could not find expected ':'", "a name needs a colon and a space after it"),
)
TAB = re.compile(r" *\t")
GLUED = re.compile(r"\s*(?:- )?([\w-]+):([^\s/:].*)")
COLON = re.compile(r":\s+\S")
GENERAL = "put text with a colon, a bracket or quotes in it between double quotes"


def of_yaml(problem: str, lines: Sequence[str], line: int) -> tuple[int, str]:
    """(line, what is wrong there); `problem` is the parser's word for it, `line` (from 1) where it stumbled."""
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    above = lines[line - 2] if 1 < line <= len(lines) else ""
    if TAB.match(here):
        return line, "begins with a tab: YAML wants spaces"
    if "mapping values" in problem or "expected ':'" in problem:
        for number, text in ((line, here), (line - 1, above)):
            if glued := GLUED.match(text):
                return number, f"a space is missing after the colon: {glued[1]}: {glued[2]}"
        if _indent(here) > _indent(above) and COLON.search(above):
            return line, "stands further to the right than the line above, which has a value already"
    known = next((words for key, words in YAML_SAYS if key in problem), "")
    return line, known or f"cannot be read as YAML ({problem or 'nothing that makes sense'}): {GENERAL}"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def of_schema(error: Mapping[str, Any]) -> str:
    """One error of pydantic, as in `{"type": "int_type", "input": "much", "ctx": {...}}`."""
    kind, given, about = error["type"], error.get("input"), error.get("ctx", {})
    if kind == "missing":
        return "is missing: add it"
    if kind == "extra_forbidden":
        return "is not a field that a scenario has here: check the spelling or remove it"
    if kind in ("literal_error", "enum"):
        return f"is one of {about['expected'].replace(' or ', ', ')}, not {shown(given)}"
    if kind in KINDS:
        return f"takes {KINDS[kind]}, not {shown(given)}"
    if kind == "string_pattern_mismatch" and about["pattern"] in PATTERNS:
        return f"takes {PATTERNS[about['pattern']]}, not {shown(given)}"
    return _of_size(kind, about, given) or error["msg"]


def _of_size(kind: str, about: Mapping[str, Any], given: Any) -> str:
    limits = {
        "greater_than_equal": ("at least", "ge"),
        "less_than_equal": ("at most", "le"),
        "greater_than": ("more than", "gt"),
        "less_than": ("less than", "lt"),
    }
    if kind in limits:
        words, key = limits[kind]
        return f"is {words} {about[key]:g}, not {shown(given)}"
    if kind == "string_too_short":
        return "is empty: write something"
    if kind == "string_too_long":
        return f"has {len(given)} characters; {about['max_length']} are the most"
    if kind == "too_short":
        return f"needs at least {about['min_length']}; it has {about['actual_length']}"
    return f"has {about['actual_length']}; {about['max_length']} are the most" if kind == "too_long" else ""


def shown(value: Any) -> str:
    """A value as its author would recognise it, cut short."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = str(value)
    text = text if len(text) <= 40 else f"{text[:39]}…"
    return f"'{text}'" if isinstance(value, str) else text
