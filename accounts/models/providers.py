"""Organisations whose people sign in with their own account (OpenID Connect)."""

from django.core.validators import URLValidator
from django.db import models

from accounts.models.fields import EncryptedTextField


class IdentityProvider(models.Model):
    """One organisation's provider. `slug` stands in its call-back address, so it stays."""

    name = models.CharField(max_length=80, help_text="As it stands on the button: “Sign in with …”.")
    slug = models.SlugField(max_length=40, unique=True)
    server_url = models.URLField(
        "issuer",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text="Where /.well-known/openid-configuration is found.",
    )
    client_id = models.CharField("client id", max_length=200)
    secret = EncryptedTextField("client secret", blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
