from django.apps import AppConfig


class GamificationConfig(AppConfig):
    name = "gamification"

    def ready(self) -> None:
        from gamification import permissions, privacy, receivers  # noqa: F401  (registers and connects them)
