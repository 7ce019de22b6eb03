"""What an open socket hears last. The app that knows how a session ended registers who can say it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

Speaker = Callable[[UUID], dict[str, Any] | None]
_speakers: list[Speaker] = []


def register_farewell(speaker: Speaker) -> Speaker:
    _speakers.append(speaker)
    return speaker


def farewell(session_id: UUID) -> dict[str, Any] | None:
    """The last frame of a finished and assessed session, None while it is not."""
    return next((frame for speaker in _speakers if (frame := speaker(session_id))), None)
