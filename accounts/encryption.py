"""Secrets at rest: AES-256-GCM under keys from the environment, the first of them for what is written.

A stored secret is `v1.<id of its key>.<base64 of nonce and ciphertext>`; what it belongs to is authenticated
with it, so that a value copied into another column does not open.
"""

import base64
import secrets
from collections.abc import Iterable
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION, NONCE_BYTES, KEY_BYTES = "v1", 12, 32


class Unreadable(ValueError):
    """No configured key opens this secret, or it was altered."""


def encrypt(secret: str, *, purpose: str) -> str:
    key = _keys()[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, secret.encode(), purpose.encode())
    return f"{VERSION}.{_id_of(key)}.{base64.urlsafe_b64encode(sealed).decode()}"


def decrypt(stored: str, *, purpose: str) -> str:
    """Raises `Unreadable`."""
    version, _dot, rest = stored.partition(".")
    key_id, _dot, text = rest.partition(".")
    key = next((key for key in _keys() if _id_of(key) == key_id), None)
    if version != VERSION or key is None:
        raise Unreadable("This secret was written under a key that SECRETS_KEYS no longer holds.")
    try:
        sealed = base64.urlsafe_b64decode(text)
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("This secret was altered, or belongs elsewhere.") from error


def is_sealed(text: str) -> bool:
    """Whether this is a stored secret at all."""
    return text.startswith(f"{VERSION}.")


def is_current(stored: str) -> bool:
    """Whether the newest key wrote it; the rotation writes the others again."""
    return stored.startswith(f"{VERSION}.{_id_of(_keys()[0])}.")


def parse_keys(values: Iterable[str]) -> list[bytes]:
    """Keys as URL-safe base64 of 32 bytes, newest first. Raises `ImproperlyConfigured`."""
    keys = []
    for value in values:
        try:
            padded = value.strip() + "=" * (-len(value.strip()) % 4)
            key = base64.b64decode(padded, altchars="-_", validate=True)
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise ImproperlyConfigured(
                "SECRETS_KEYS takes keys of 32 random bytes in URL-safe base64, separated by commas, newest first."
                ' Make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
        keys.append(key)
    return keys


def _keys() -> list[bytes]:
    return parse_keys(settings.SECRETS_KEYS)


def _id_of(key: bytes) -> str:
    return sha256(b"id of " + key).hexdigest()[:8]
