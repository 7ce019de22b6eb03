"""Pages of contest and review."""

from django.urls import path

from gamification.reviewing import views

urlpatterns = [
    path("sessions/<uuid:session_id>/contest/<slug:criterion_id>/", views.contest, name="contest"),
    path("reviews/", views.show_queue, name="reviews"),
    path("reviews/contests/<uuid:contest_id>/", views.show_contest, name="review_contest"),
    path("reviews/scores/<uuid:session_id>/", views.show_score, name="review_score"),
    path("reviews/scores/<uuid:session_id>/<slug:criterion_id>/", views.show_point, name="review_point"),
]
