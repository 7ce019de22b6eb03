"""News from assessment."""

from django.dispatch import Signal

session_scored = Signal()  # assessment_id; sent after commit
