"""News from chat."""

from django.dispatch import Signal

session_finished = Signal()  # session_id; sent after commit, for completed sessions
