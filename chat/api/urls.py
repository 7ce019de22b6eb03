from django.urls import path

from chat.api import console, conversation, hints, research, sessions

urlpatterns = [
    path("sessions", sessions.SessionList.as_view()),
    path("sessions/<uuid:pk>", sessions.SessionDetail.as_view()),
    path("sessions/<uuid:pk>/messages", conversation.Messages.as_view()),
    path("sessions/<uuid:pk>/directory", console.Directory.as_view()),
    path("sessions/<uuid:pk>/assets", console.Assets.as_view()),
    path("sessions/<uuid:pk>/verifications", console.Verifications.as_view()),
    path("sessions/<uuid:pk>/actions", console.Actions.as_view()),
    path("sessions/<uuid:pk>/hints", hints.Hints.as_view()),
    path("sessions/<uuid:pk>/search", research.Search.as_view()),
    path("sessions/<uuid:pk>/articles/<uuid:article_id>", research.ArticleInSession.as_view()),
    path("sessions/<uuid:pk>/research", research.Trail.as_view()),
    path("sessions/<uuid:pk>/ticket", console.TicketView.as_view()),
    path("sessions/<uuid:pk>/draft", sessions.Draft.as_view()),
    path("sessions/<uuid:pk>/resolve", sessions.Resolve.as_view()),
    path("sessions/<uuid:pk>/abandon", sessions.Abandon.as_view()),
]
