"""Work off what rows owe: each attempt claimed and counted first, each failure kept on its row."""

import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import TypeVar

from django.db import models

from accounts.metrics import FAILURES
from accounts.models.owed import OwedQuerySet

log = logging.getLogger(__name__)
LONGEST_S = 12  # of one sweep: the next one comes soon, and leases count from the beginning
Row = TypeVar("Row", bound=models.Model)


def attempt(*, rows: OwedQuerySet[Row], work: Callable[[Row], object], now: datetime) -> bool | None:
    """Try the first row that is due: whether the work was done; None if nothing is due."""
    row = rows.claim(now)
    if row is None:
        return None
    try:
        work(row)
    except Exception as error:
        is_outage = isinstance(error, OSError)  # of mail servers too; these need no traceback
        log.warning("What %s %s owes is put off: %r", row._meta.label, row.pk, error, exc_info=not is_outage)
        FAILURES.labels(rows.kind or row._meta.model_name).inc()
        rows.put_off(row, error, now)
        return False
    return True


def work_off(*, rows: OwedQuerySet[Row], work: Callable[[Row], object], now: datetime) -> int:
    """Try what is due, one after another, for some seconds; how many were done. Several may run at once."""
    ends, done = monotonic() + LONGEST_S, 0
    while monotonic() < ends:
        worked = attempt(rows=rows, work=work, now=now)
        if worked is None:
            break
        done += worked
    return done
