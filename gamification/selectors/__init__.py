"""Reads across scores, ledger and scenarios."""

from gamification.selectors.achievements import Badge, badges_of, next_badges
from gamification.selectors.dashboard import Figure, key_figures, recent_sessions, running_sessions
from gamification.selectors.leaderboard import DAYS, SCOPES, Board, Rank, leaderboard
from gamification.selectors.ledger import ledger_faults, unrewarded
from gamification.selectors.progress import LevelRing, completed_count, level_ring, streak_of

__all__ = [
    "DAYS",
    "SCOPES",
    "Badge",
    "Board",
    "Figure",
    "LevelRing",
    "Rank",
    "badges_of",
    "completed_count",
    "key_figures",
    "leaderboard",
    "ledger_faults",
    "level_ring",
    "next_badges",
    "recent_sessions",
    "running_sessions",
    "streak_of",
    "unrewarded",
]
