"""Write every secret at rest again under the newest key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import F, Field, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.encryption import Unreadable, decrypt, encrypt, is_current, is_sealed
from accounts.models.fields import EncryptedJSONField, EncryptedTextField

BATCH = 200
FACTOR_PURPOSE = "mfa.Authenticator"


@dataclass
class Rotation:
    """Of one kind of secrets: how many rows were written again, and which no configured key opens."""

    what: str
    renewed: int
    unreadable: list[str]


def rotate_secrets() -> list[Rotation]:
    """Safe to repeat, and while the site serves: a row that changed in between is left to whoever changed it."""
    fields = [field for model in apps.get_models() for field in model._meta.local_concrete_fields]
    texts = [_rotate_text(field) for field in fields if isinstance(field, EncryptedTextField)]
    sealed = [_rotate_json(field, field.purpose) for field in fields if isinstance(field, EncryptedJSONField)]
    return [*texts, *sealed, _rotate_json(Authenticator._meta.get_field("data"), FACTOR_PURPOSE)]


def _rotate_text(field: "EncryptedTextField[Any, Any]") -> Rotation:
    rows = field.model._base_manager.annotate(stored=Cast(F(field.name), TextField())).exclude(stored="")
    purpose = field.purpose

    def renew(pk: Any, stored: str) -> int:
        if is_current(stored):
            return 0
        plain = decrypt(stored, purpose=purpose)
        return rows.filter(pk=pk, stored=stored).update(**{field.name: plain})

    return _rotate(field.purpose, rows.values_list("pk", "stored"), renew)


def _rotate_json(field: "Field[Any, Any]", purpose: str) -> Rotation:
    """Every secret in the JSON of a column, whether it is all of it or deep inside."""
    plain = Cast(F(field.name), JSONField())  # as it is stored
    rows = field.model._base_manager.exclude(**{f"{field.name}__isnull": True}).annotate(stored=plain)

    def renew(pk: Any, stored: Any) -> int:
        renewed = _renewed(stored, purpose)
        if renewed == stored:
            return 0
        same = rows.filter(pk=pk, stored=stored)
        count: int = same.update(**{field.name: Value(renewed, JSONField())})
        return count

    return _rotate(purpose, rows.values_list("pk", "stored"), renew)


def _renewed(value: Any, purpose: str) -> Any:
    """The same JSON, each secret in it under the newest key."""
    if isinstance(value, dict):
        return {name: _renewed(part, purpose) for name, part in value.items()}
    if isinstance(value, list):
        return [_renewed(part, purpose) for part in value]
    if isinstance(value, str) and is_sealed(value) and not is_current(value):
        return encrypt(decrypt(value, purpose=purpose), purpose=purpose)
    return value


def _rotate(what: str, rows: QuerySet[Any, Any], renew: Callable[[Any, Any], int]) -> Rotation:
    rotation = Rotation(what, 0, [])
    for pk, stored in _in_batches(rows):
        try:
            rotation.renewed += renew(pk, stored)
        except Unreadable:
            rotation.unreadable.append(str(pk))
    return rotation


def _in_batches(rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """Few at a time, so that no cursor stays open while rows are written."""
    batch = list(rows.order_by("pk")[:BATCH])
    while batch:
        yield from batch
        batch = list(rows.order_by("pk").filter(pk__gt=batch[-1][0])[:BATCH])
