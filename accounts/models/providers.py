"""Organisations whose people sign in with their own account (OpenID Connect)."""

from django.core.validators import RegexValidator, URLValidator
from django.db import models

from accounts.models.fields import EncryptedTextField

DOMAIN = r"[a-z0-9-]+(\.[a-z0-9-]+)+"


class IdentityProvider(models.Model):
    """One organisation's provider. `slug` stands in its call-back address, and people are known by it and the
    issuer's name for them: both stay as they are.
    """

    name = models.CharField(max_length=80, help_text="As it stands on the button: “Sign in with …”.")
    slug = models.SlugField(max_length=40, unique=True)
    server_url = models.URLField(
        "issuer",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text="Where /.well-known/openid-configuration is found.",
    )
    client_id = models.CharField("client id", max_length=200)
    secret = EncryptedTextField("client secret", blank=True)
    domains = models.CharField(
        "mail domains it owns",
        max_length=400,
        blank=True,
        validators=[RegexValidator(rf"^{DOMAIN}(\s*,\s*{DOMAIN})*$", "Such as example.com, example.org")],
        help_text="Separated by commas. What it says of an address there counts as proof, also for an account that is "
        "here already. People of other domains confirm their address by mail.",
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def owned_domains(self) -> list[str]:
        return [domain.strip() for domain in self.domains.split(",") if domain.strip()]
