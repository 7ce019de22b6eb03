"""Write every secret at rest again under the newest key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import F, Model, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.encryption import Unreadable, decrypt, encrypt, is_current, is_sealed
from accounts.models.fields import EncryptedTextField

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
    columns = [
        _rotate_column(model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]
    return [*columns, _rotate_factors()]


def _rotate_column(model: type[Model], field: "EncryptedTextField[Any, Any]") -> Rotation:
    rows = model._base_manager.annotate(stored=Cast(F(field.name), TextField())).exclude(stored="")
    purpose = field.purpose

    def renew(pk: Any, stored: str) -> int:
        if is_current(stored):
            return 0
        plain = decrypt(stored, purpose=purpose)
        return rows.filter(pk=pk, stored=stored).update(**{field.name: plain})

    return _rotate(field.purpose, rows.values_list("pk", "stored"), renew)


def _rotate_factors() -> Rotation:
    rows = Authenticator.objects.all()

    def renew(pk: Any, data: Any) -> int:
        renewed = _renewed(data)
        return rows.filter(pk=pk, data=data).update(data=renewed) if renewed != data else 0

    return _rotate(FACTOR_PURPOSE, rows.values_list("pk", "data"), renew)


def _renewed(value: Any) -> Any:
    """The same JSON, each secret in it under the newest key."""
    if isinstance(value, dict):
        return {name: _renewed(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_renewed(part) for part in value]
    if isinstance(value, str) and is_sealed(value) and not is_current(value):
        return encrypt(decrypt(value, purpose=FACTOR_PURPOSE), purpose=FACTOR_PURPOSE)
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
