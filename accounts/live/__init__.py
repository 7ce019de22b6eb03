"""Hints to open sockets. The database is the truth; a hint that is lost is healed by asking again."""

from accounts.live.groups import WATCHERS, person_group
from accounts.live.hints import Hint, packed
from accounts.live.hub import Hub, ask_again, publish

__all__ = ["WATCHERS", "Hint", "Hub", "ask_again", "packed", "person_group", "publish"]
