"""Endpoints of accounts, under /api/v1/."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("auth/login", views.LoginView.as_view()),
    path("auth/refresh", views.RefreshView.as_view()),
    path("auth/logout", views.LogoutView.as_view()),
    path("users/me", views.MeView.as_view()),
    path("users/me/export", views.ExportView.as_view()),
    path("notices", views.NoticesView.as_view()),
    path("notices/<uuid:notice_id>/read", views.ReadNoticeView.as_view()),
]
