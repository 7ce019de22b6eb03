"""News from assessment."""

from django.dispatch import Signal

session_scored = Signal()  # assessment_id; sent after commit
session_rescored = Signal()  # assessment_id; sent after commit, once for each version after the first
