"""The voice that needs no model: words from a bank, in the customer's manner, for exactly what a plan holds."""

from chat.voices.scripted.rating import satisfaction
from chat.voices.scripted.speaking import opening, speak

__all__ = ["opening", "satisfaction", "speak"]
