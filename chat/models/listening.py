"""What the customer of a scenario version understands, fitted once and kept as arrays."""

from django.db import models

from scenarios.models import ScenarioVersion


class Lexicon(models.Model):
    """`arrays` is an `.npz` file; `library` is the hash of the phrases it was fitted on."""

    version = models.OneToOneField(
        ScenarioVersion, primary_key=True, on_delete=models.CASCADE, related_name="lexicon"
    )
    library = models.CharField(max_length=64)
    arrays = models.BinaryField()
    fitted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "lexica"

    def __str__(self) -> str:
        return f"Lexicon of {self.version}"
