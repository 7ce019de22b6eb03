from django.apps import AppConfig
from django.conf import settings


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import receivers  # noqa: F401
        from accounts.encryption import parse_keys

        parse_keys(settings.SECRETS_KEYS)  # a bad key is told at the start, not at the first secret
