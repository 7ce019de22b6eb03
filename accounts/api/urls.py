"""Endpoints of accounts, under /api/v1/."""

from django.urls import path

from accounts.api import administration, cohorts, registration, views

urlpatterns = [
    path("auth/register", registration.RegisterView.as_view()),
    path("auth/verify-email", registration.VerifyEmailView.as_view()),
    path("auth/reset-password", registration.ResetPasswordView.as_view()),
    path("auth/reset-password/confirm", registration.NewPasswordView.as_view()),
    path("auth/login", views.LoginView.as_view()),
    path("auth/refresh", views.RefreshView.as_view()),
    path("auth/logout", views.LogoutView.as_view()),
    path("users/me", views.MeView.as_view()),
    path("users/me/export", views.ExportView.as_view()),
    path("notices", views.NoticesView.as_view()),
    path("notices/<uuid:notice_id>/read", views.ReadNoticeView.as_view()),
    path("cohorts", cohorts.CohortList.as_view()),
    path("cohorts/<uuid:pk>", cohorts.CohortDetail.as_view()),
    path("cohorts/<uuid:pk>/members", cohorts.Members.as_view()),
    path("cohorts/<uuid:pk>/invitations", cohorts.Invitations.as_view()),
    path("admin/users", administration.Accounts.as_view()),
    path("admin/users/<uuid:pk>/role", administration.Roles.as_view()),
    path("admin/audit-log", administration.AuditLog.as_view()),
]
