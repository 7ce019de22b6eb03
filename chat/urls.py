"""Pages of chat: my tickets and the workbench with its panels."""

from django.urls import path

from chat.views import tickets, workbench

urlpatterns = [
    path("tickets/", tickets.tickets, name="tickets"),
    path("sessions/<uuid:session_id>/", workbench.workbench, name="workbench"),
    path("sessions/<uuid:session_id>/ticket/", workbench.ticket, name="session_ticket"),
    path("sessions/<uuid:session_id>/ticket/change/", workbench.change_ticket, name="change_ticket"),
    path("sessions/<uuid:session_id>/verification/", workbench.verification, name="verification"),
    path("sessions/<uuid:session_id>/verify/", workbench.verify, name="verify"),
    path("sessions/<uuid:session_id>/directory/", workbench.directory, name="session_directory"),
    path("sessions/<uuid:session_id>/assets/", workbench.assets, name="session_assets"),
    path("sessions/<uuid:session_id>/perform/", workbench.perform, name="perform_action"),
    path("sessions/<uuid:session_id>/runs/", workbench.runs, name="session_runs"),
    path("sessions/<uuid:session_id>/hint/", workbench.hint, name="session_hint"),
    path("sessions/<uuid:session_id>/search/", workbench.search, name="session_search"),
    path("sessions/<uuid:session_id>/articles/<uuid:article_id>/", workbench.article, name="session_article"),
    path("sessions/<uuid:session_id>/draft/", workbench.draft, name="save_draft"),
    path("sessions/<uuid:session_id>/resolve/", workbench.resolve, name="resolve_session"),
    path("sessions/<uuid:session_id>/abandon/", workbench.abandon, name="abandon_session"),
]
