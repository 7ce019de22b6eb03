"""REST of numbers: my performance, the report of a cohort; both also as files."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.base import Endpoint, checked, revalidated
from accounts.models import Cohort
from assessment.api.serializers import (
    AskedFileSerializer,
    AskedSerializer,
    PerformanceSerializer,
    ReportFileSerializer,
    ReportSerializer,
)
from assessment.selectors import (
    Measure,
    Performance,
    Report,
    Timeframe,
    Wanted,
    cohort_report,
    performance,
    zone_of,
)
from assessment.self_assessment import see_scores
from assessment.spreadsheet import FILES, XLSX, as_csv, performance_rows, report_rows

FILE = {(200, "text/csv"): OpenApiTypes.STR}
REPORT_FILE = FILE | {(200, XLSX): OpenApiTypes.BINARY}


@revalidated
class MyPerformance(Endpoint):
    @extend_schema(parameters=[AskedSerializer], responses=PerformanceSerializer)
    def get(self, request: Request) -> Response:
        """My exam runs in numbers: averages, trend, series."""
        return Response(PerformanceSerializer(_my(request, AskedSerializer)).data)


class MyPerformanceFile(Endpoint):
    @extend_schema(parameters=[AskedFileSerializer], responses=FILE)
    def get(self, request: Request) -> HttpResponse:
        """The rows of the page's history, with times in my time zone."""
        seen = _my(request, AskedFileSerializer)
        with timezone.override(zone_of(request.user)):
            return as_csv(f"performance {seen.timeframe}", performance_rows(seen))


@revalidated
class CohortReport(Endpoint):
    @extend_schema(responses=ReportSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """People by scenarios, for those who look after the cohort."""
        return Response(ReportSerializer(_report(request, pk)).data)


class CohortReportFile(Endpoint):
    @extend_schema(parameters=[ReportFileSerializer], responses=REPORT_FILE)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The table of the page, with times in my time zone."""
        report = _report(request, pk)
        as_file = FILES[_asked(request, ReportFileSerializer)["format"]]
        with timezone.override(zone_of(request.user)):
            return as_file(f"{report.cohort.name} progress", report_rows(report))


def _asked(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    return checked(serializer(data=request.query_params.dict()))


def _my(request: Request, serializer: type[AskedSerializer]) -> Performance:
    asked, now = _asked(request, serializer), timezone.now()
    see_scores(learner=request.user, now=now)
    return performance(
        request.user,
        timeframe=Timeframe(asked["timeframe"]),
        measure=Measure(asked["dimension"]),
        wanted=Wanted(**{each.name: asked[each.name] for each in fields(Wanted)}),
        now=now,
    )


def _report(request: Request, pk: UUID) -> Report:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    return cohort_report(cohort, now=timezone.now())
