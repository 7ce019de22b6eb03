"""What assessment does. Keyword-only, one transaction each; a `Refusal` says why not."""

from assessment.services.rescoring import foreseen, outdated, rescore
from assessment.services.review import REASON_LEAST, REASON_MOST, contest, decide, let_stand, override
from assessment.services.scoring import attempt_of, owed_sessions, score_owed_sessions, score_session

__all__ = [
    "REASON_LEAST",
    "REASON_MOST",
    "attempt_of",
    "contest",
    "decide",
    "foreseen",
    "let_stand",
    "outdated",
    "override",
    "owed_sessions",
    "rescore",
    "score_owed_sessions",
    "score_session",
]
