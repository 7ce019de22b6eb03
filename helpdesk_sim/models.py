"""What the running of the product itself leaves behind."""

from django.db import models


class LastRun(models.Model):
    """When a job of the schedule last ended well: whether worker and clock live can be seen from elsewhere."""

    task = models.CharField(primary_key=True, max_length=100)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.task} at {self.at:%Y-%m-%d %H:%M:%S}"
