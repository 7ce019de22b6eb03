"""What a debrief says: who may read it, evidence as quotes, the best path beside one's own, the transcript."""

from gamification.debriefing.access import note_seen, visible_session
from gamification.debriefing.story import Debrief, debrief_of

__all__ = ["Debrief", "debrief_of", "note_seen", "visible_session"]
