"""Columns of a kind of their own."""

from typing import Any

from django.db import models

from accounts.encryption import decrypt, encrypt


class EncryptedTextField(models.TextField):
    """Text in Python, ciphertext in the database. Cannot be searched; empty stays empty."""

    @property
    def purpose(self) -> str:
        """What the ciphertext is bound to: in another column it does not open."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value, purpose=self.purpose) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value, purpose=self.purpose) if value else value
