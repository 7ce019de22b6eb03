from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        from assessment import privacy, receivers  # noqa: F401  (registers and connects them)
        from assessment.players import bands  # noqa: F401  (registers the check)
