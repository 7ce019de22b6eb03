"""Pages of assessment: catalogue, briefing, performance, the report of a cohort."""

from django.urls import path

from assessment.views import catalogue, performance, report

urlpatterns = [
    path("catalogue/", catalogue.show_catalogue, name="catalogue"),
    path("catalogue/<slug:slug>/", catalogue.briefing, name="briefing"),
    path("catalogue/<slug:slug>/start/", catalogue.start, name="start_session"),
    path("performance/", performance.show_performance, name="performance"),
    path("performance/export/", performance.performance_csv, name="performance_csv"),
    path("cohorts/<uuid:cohort_id>/report/", report.show_report, name="cohort_report"),
    path("cohorts/<uuid:cohort_id>/report/export/", report.report_file, name="cohort_report_file"),
]
