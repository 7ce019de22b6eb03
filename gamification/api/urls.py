"""Endpoints of gamification, under /api/v1/."""

from django.urls import path

from gamification.api import contests, debrief, views

urlpatterns = [
    path("sessions/<uuid:pk>/assessment", debrief.AssessmentView.as_view()),
    path("sessions/<uuid:pk>/self-assessment", debrief.SelfAssessmentView.as_view()),
    path("sessions/<uuid:pk>/contests", contests.NewContest.as_view()),
    path("contests", contests.ContestList.as_view()),
    path("contests/<uuid:pk>", contests.ContestDetail.as_view()),
    path("contests/<uuid:pk>/decide", contests.DecideContest.as_view()),
    path("users/me/progress", views.ProgressView.as_view()),
    path("leaderboard", views.LeaderboardView.as_view()),
    path("achievements", views.AchievementsView.as_view()),
]
