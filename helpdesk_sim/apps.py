from django.apps import AppConfig


class HelpdeskSimConfig(AppConfig):
    name = "helpdesk_sim"

    def ready(self) -> None:
        from helpdesk_sim import last_runs  # noqa: F401  (connects itself)
