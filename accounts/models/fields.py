"""Columns of a kind of their own."""

import json
from typing import Any

from django.db import models

from accounts.encryption import decrypt, encrypt, is_sealed


class Encrypted(models.Field):
    """Plain in Python, ciphertext in the database. Cannot be searched."""

    @property
    def purpose(self) -> str:
        """What the ciphertext is bound to: in another column it does not open."""
        return f"{self.model._meta.label_lower}.{self.name}"


class EncryptedTextField(Encrypted, models.TextField):
    """Text; empty stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value, purpose=self.purpose) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value, purpose=self.purpose) if value else value


class EncryptedJSONField(Encrypted, models.JSONField):
    """JSON, stored as one JSON string of ciphertext. Null stays null; what an earlier release stored plain opens."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypt(json.dumps(value), purpose=self.purpose)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        stored = super().from_db_value(value, expression, connection)
        if isinstance(stored, str) and is_sealed(stored):
            return json.loads(decrypt(stored, purpose=self.purpose))
        return stored
