"""Rows that owe work: what is to be tried now, by one alone, and how often. Owed work is a query, not a queue."""

from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q

# Pauses after the first, second … attempt; the one after the last of them is the last: 10 hours in all.
BACK_OFF_S = (5, 30, 120, 600, 3600, 10_800, 21_600)
MAX_ATTEMPTS = len(BACK_OFF_S) + 1
Row = TypeVar("Row", bound=models.Model)


class OwedQuerySet(models.QuerySet[Row]):
    """`attempts`, `error` and `due_at` name the columns, `lease` how long one who claims a row has it alone.

    `kind`: under which failures are counted; the model's name where none is given.

    Work must do no harm when it is done twice: a lease may run out under it.
    """

    attempts, error, due_at = "attempts", "last_error", "next_attempt_at"
    lease = timedelta(seconds=30)
    kind = ""

    def owed(self) -> Self:
        """Not done yet, given up or not."""
        return self.all()

    def due(self, now: datetime) -> Self:
        waited = Q(**{self.due_at: None}) | Q(**{f"{self.due_at}__lte": now})
        return self.owed().filter(waited, **{f"{self.attempts}__lt": MAX_ATTEMPTS})

    def given_up(self) -> Self:
        """Tried too often: these rest until somebody asks again."""
        return self.owed().filter(**{f"{self.attempts}__gte": MAX_ATTEMPTS})

    @transaction.atomic
    def claim(self, now: datetime) -> Row | None:
        """The first row that is due; many who ask at once get different ones.

        The attempt is counted before the work: what kills every worker that touches it is given up as well.
        """
        row = self.due(now).select_for_update(of=("self",), skip_locked=True).first()
        if row is not None:
            self._write(
                row, **{self.attempts: getattr(row, self.attempts) + 1, self.due_at: now + self.lease}
            )
        return row

    def put_off(self, row: Row, error: Exception, now: datetime) -> None:
        """Keeps the error and the time of the next attempt, unless somebody else has done the work meanwhile."""
        pause = timedelta(seconds=BACK_OFF_S[min(getattr(row, self.attempts), len(BACK_OFF_S)) - 1])
        if self.owed().filter(pk=row.pk).exists():
            told = f"{type(error).__name__}: {error}"[:2000]
            self._write(row, **{self.error: told, self.due_at: now + pause})

    def again(self, now: datetime) -> int:
        """For an operator who repaired what was wrong: start counting anew. How many there are."""
        return self.owed().update(**{self.attempts: 0, self.due_at: now})

    def _write(self, row: Row, **values: Any) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))


class Owed(models.Model):
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
