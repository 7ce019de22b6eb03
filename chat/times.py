"""How times travel."""

from datetime import datetime
from typing import overload


@overload
def rfc3339(moment: datetime) -> str: ...
@overload
def rfc3339(moment: None) -> None: ...
def rfc3339(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds, None for none."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None
