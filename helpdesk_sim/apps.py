from django.apps import AppConfig


class HelpdeskSimConfig(AppConfig):
    name = "helpdesk_sim"
