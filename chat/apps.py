from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"

    def ready(self) -> None:
        from chat import privacy, proving, receivers  # noqa: F401  (registers and connects them)
