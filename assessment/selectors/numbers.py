"""Arithmetic of scores: what is rounded is rounded here, once, for page, API and export."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User

TREND = timedelta(weeks=4)


def mean(values: Iterable[float | None]) -> float | None:
    """Of those that there are, with two decimals; None without any."""
    known = [float(value) for value in values if value is not None]
    return round(sum(known) / len(known), 2) if known else None


def difference(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else round(now - before, 2)


def trend(scored: Iterable[tuple[datetime, float | None]], now: datetime) -> float | None:
    """Mean of the last four weeks less the mean of the four before; None where either is empty."""
    scored = list(scored)
    recent = mean(value for at, value in scored if now - TREND < at <= now)
    earlier = mean(value for at, value in scored if now - 2 * TREND < at <= now - TREND)
    return difference(recent, earlier)


def zone_of(user: User) -> ZoneInfo:
    """Where this person lives; UTC for a zone that this machine does not know."""
    try:
        return ZoneInfo(user.timezone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
