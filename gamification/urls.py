"""Pages of gamification: dashboard, debrief, contest and review, achievements, leaderboard."""

from django.urls import include, path

from gamification import views
from gamification.debriefing import views as debriefing

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("sessions/<uuid:session_id>/debrief/", debriefing.show_debrief, name="debrief"),
    path("sessions/<uuid:session_id>/debrief/expect/", debriefing.expect, name="debrief_expect"),
    path("sessions/<uuid:session_id>/debrief/skip/", debriefing.skip, name="debrief_skip"),
    path("", include("gamification.reviewing.urls")),
    path("achievements/", views.achievements, name="achievements"),
    path("leaderboard/", views.show_leaderboard, name="leaderboard"),
    path("leaderboard/listing/", views.change_listing, name="leaderboard_listing"),
]
