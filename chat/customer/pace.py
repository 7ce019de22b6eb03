"""How long a person takes to type."""

START_S = 0.4
CHARS_PER_S = 35
LONGEST_S = 4.0


def pace(text: str) -> float:
    """Seconds the typing indicator shows before `text` appears."""
    return min(LONGEST_S, START_S + len(text) / CHARS_PER_S)
