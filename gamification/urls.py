"""Pages of gamification: dashboard, debrief, achievements, leaderboard."""

from django.urls import path

from gamification import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("sessions/<uuid:session_id>/debrief/", views.debrief, name="debrief"),
    path("achievements/", views.achievements, name="achievements"),
    path("leaderboard/", views.show_leaderboard, name="leaderboard"),
    path("leaderboard/listing/", views.change_listing, name="leaderboard_listing"),
]
