"""Endpoints of assessment, under /api/v1/."""

from django.urls import path

from assessment.api import reports, scenarios

urlpatterns = [
    path("scenarios", scenarios.ScenarioList.as_view()),
    path("scenarios/<uuid:pk>", scenarios.ScenarioDetail.as_view()),
    path("scenarios/<uuid:pk>/start", scenarios.StartScenario.as_view()),
    path("users/me/performance", reports.MyPerformance.as_view()),
    path("users/me/performance/export", reports.MyPerformanceFile.as_view()),
    path("cohorts/<uuid:pk>/report", reports.CohortReport.as_view()),
    path("cohorts/<uuid:pk>/report/export", reports.CohortReportFile.as_view()),
]
