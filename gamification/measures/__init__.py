"""What achievements count. Each measure is a number over a person's counted assessments (exam runs)."""

from gamification.measures import growth, quality, variety  # noqa: F401  (they register their measures)
from gamification.measures.record import MEASURES, Record, record_of

__all__ = ["MEASURES", "Record", "record_of"]
