"""Verification: whether what was ticked in the record agrees with what the caller gave."""

from assessment.scoring.attempt import Happening
from assessment.scoring.criterion import Penalty, Ruling, not_applicable
from assessment.scoring.log import Evidence, event
from assessment.scoring.record import Record
from assessment.scoring.terms import SPOKEN_FIELDS, listed
from scenarios.world.state import POSSESSION

PER_TICK = 20.0
MOST = 2  # ticks that cost


class WrongTick(Penalty):
    """For each item, two at most, that was ticked against the record: as a match where the caller gave another value or none, or
    as a mismatch where it matched. The last tick of an item counts.
    """

    id, title, dimension = "wrong_tick", "Ticks that the record denies (−20 each)", "verification"
    worst = -PER_TICK * MOST
    aim = "tick an answer as right only when you have read the same value in the record"

    def rule(self, record: Record) -> Ruling:
        ticks = last_ticks(record)
        if not ticks:
            return not_applicable("Nothing was ticked.")
        wrong = [e for e in ticks if not e.data["right"]]
        if not wrong:
            return Ruling(1.0, "Each tick agrees with the record.", tuple(event(e) for e in ticks))
        why = " ".join(_denied(record, e) for e in wrong)
        cited = tuple(each for e in wrong for each in _evidence(record, e))
        return Ruling(0.0, why, cited, lost=PER_TICK * min(MOST, len(wrong)))

    def better(self, record: Record) -> str:
        items = listed([SPOKEN_FIELDS.get(e.data["factor"], "item") for e in wrong_matches(record)])
        ticked = f"tick the {items} as a mismatch" if items else "tick what you read there"
        return f"Read the line in the record before you tick: {ticked}, and until there is other proof treat the caller as unknown."


def last_ticks(record: Record) -> list[Happening]:
    """The tick that stands, of each item."""
    return list({e.data["factor"]: e for e in record.events("verification")}.values())


def wrong_matches(record: Record) -> list[Happening]:
    """What was ticked as a match and is none: by it an unknown caller counts as known."""
    return [e for e in last_ticks(record) if e.data["outcome"] == "match" and not e.data["right"]]


def _denied(record: Record, tick: Happening) -> str:
    factor = tick.data["factor"]
    name, said = SPOKEN_FIELDS.get(factor, factor.replace("_", " ")), record.state.answered.get(factor, "")
    if tick.data["outcome"] != "match":
        return f"The {name} agrees with the record; you ticked it as a mismatch."
    if factor in POSSESSION:
        return f"The {name} did not come through; you ticked it as right."
    if not said:
        return f"The {name} was never given; you ticked it as right."
    return f"{said} is not the {name} on record; you ticked it as right."


def _evidence(record: Record, tick: Happening) -> list[Evidence]:
    """The question that brought the value, and the tick."""
    return [event(e) for e in (*record.events("identity", field=tick.data["factor"])[-1:], tick)]


CRITERIA = (WrongTick(),)
