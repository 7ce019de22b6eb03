"""What gamification does: it rewards scored sessions."""

from gamification.services.rewarding import reward

__all__ = ["reward"]
