"""Pages of the knowledge base."""

from django.urls import path

from knowledge import views

urlpatterns = [
    path("knowledge/", views.knowledge, name="knowledge"),
    path("knowledge/<slug:slug>/", views.article, name="article"),
    path("knowledge/<slug:slug>/rating/", views.rate, name="rate_article"),
]
