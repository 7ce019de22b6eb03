"""Endpoints of the knowledge base, under /api/v1/."""

from django.urls import path

from knowledge.api import views

urlpatterns = [
    path("knowledge/search", views.SearchView.as_view()),
    path("knowledge/articles", views.ArticlesView.as_view()),
    path("knowledge/articles/<uuid:pk>", views.ArticleView.as_view()),
    path("knowledge/articles/<uuid:pk>/publish", views.PublishView.as_view()),
    path("knowledge/articles/<uuid:article_id>/rating", views.RatingView.as_view()),
]
