"""The voice that asks an OpenAI-compatible endpoint for other words of the same plan."""

from chat.voices.model.asking import PATIENCE_S, Call, Wording, habits_of, hang_up, mean, probe, word
from chat.voices.model.endpoint import Place
from chat.voices.model.guard import ReplyGuard
from chat.voices.model.prompt import Line, Plan

__all__ = [
    "PATIENCE_S",
    "Call",
    "Line",
    "Place",
    "Plan",
    "ReplyGuard",
    "Wording",
    "habits_of",
    "hang_up",
    "mean",
    "probe",
    "word",
]
