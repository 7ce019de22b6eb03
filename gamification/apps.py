from django.apps import AppConfig


class GamificationConfig(AppConfig):
    name = "gamification"

    def ready(self) -> None:
        from gamification import permissions, receivers  # noqa: F401  (connects them)
