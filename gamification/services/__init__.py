"""What gamification does: it rewards scored sessions."""

from gamification.services.rewarding import pay_owed, reward

__all__ = ["pay_owed", "reward"]
