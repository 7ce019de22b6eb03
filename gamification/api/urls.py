"""Endpoints of gamification, under /api/v1/."""

from django.urls import path

from gamification.api import views

urlpatterns = [
    path("sessions/<uuid:pk>/assessment", views.AssessmentView.as_view()),
    path("users/me/progress", views.ProgressView.as_view()),
    path("leaderboard", views.LeaderboardView.as_view()),
    path("achievements", views.AchievementsView.as_view()),
]
