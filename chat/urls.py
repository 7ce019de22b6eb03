"""Pages of chat: my tickets and the workbench with its panels."""

from django.urls import path

from chat.views import conversation, desk, tickets, workbench

urlpatterns = [
    path("tickets/", tickets.tickets, name="tickets"),
    path("tour/done/", workbench.end_tour, name="end_tour"),
    path("sessions/<uuid:session_id>/", workbench.workbench, name="workbench"),
    path("sessions/<uuid:session_id>/ticket/", workbench.ticket, name="session_ticket"),
    path("sessions/<uuid:session_id>/ticket/change/", workbench.change_ticket, name="change_ticket"),
    path("sessions/<uuid:session_id>/verification/", workbench.verification, name="verification"),
    path("sessions/<uuid:session_id>/verify/", workbench.verify, name="verify"),
    path("sessions/<uuid:session_id>/directory/", desk.directory, name="session_directory"),
    path("sessions/<uuid:session_id>/assets/", desk.assets, name="session_assets"),
    path("sessions/<uuid:session_id>/perform/", desk.perform, name="perform_action"),
    path("sessions/<uuid:session_id>/runs/", desk.runs, name="session_runs"),
    path("sessions/<uuid:session_id>/hint/", desk.hint, name="session_hint"),
    path("sessions/<uuid:session_id>/search/", desk.search, name="session_search"),
    path("sessions/<uuid:session_id>/articles/<uuid:article_id>/", desk.article, name="session_article"),
    path("sessions/<uuid:session_id>/messages/", conversation.earlier, name="session_messages"),
    path("sessions/<uuid:session_id>/quotable/", conversation.quotable, name="session_quotable"),
    path("sessions/<uuid:session_id>/quotable/<uuid:article_id>/", conversation.quote, name="session_quote"),
    path("sessions/<uuid:session_id>/checklist/", workbench.checklist, name="session_checklist"),
    path("sessions/<uuid:session_id>/draft/", workbench.draft, name="save_draft"),
    path("sessions/<uuid:session_id>/resolve/", workbench.resolve, name="resolve_session"),
    path("sessions/<uuid:session_id>/abandon/", workbench.abandon, name="abandon_session"),
]
