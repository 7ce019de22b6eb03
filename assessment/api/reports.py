"""REST of numbers: my performance, the report of a cohort; both also as CSV."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from djangorestframework_camel_case.render import CamelCaseJSONRenderer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Cohort
from assessment.api.serializers import (
    AskedFileSerializer,
    AskedSerializer,
    CSVSerializer,
    PerformanceSerializer,
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
from assessment.spreadsheet import as_csv, performance_rows, report_rows

FILE = {(200, "text/csv"): OpenApiTypes.STR}


class MyPerformance(APIView):
    @extend_schema(parameters=[AskedSerializer], responses=PerformanceSerializer)
    def get(self, request: Request) -> Response:
        return Response(PerformanceSerializer(_my(request, AskedSerializer)).data)


class _File(APIView):
    """`format` is ours here; refusals stay JSON."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> tuple[Any, str]:
        return CamelCaseJSONRenderer(), "application/json"


class MyPerformanceFile(_File):
    @extend_schema(parameters=[AskedFileSerializer], responses=FILE)
    def get(self, request: Request) -> HttpResponse:
        """The rows of the page's history, with times in my time zone."""
        seen = _my(request, AskedFileSerializer)
        with timezone.override(zone_of(request.user)):
            return as_csv(f"performance {seen.timeframe}", performance_rows(seen))


class CohortReport(APIView):
    @extend_schema(responses=ReportSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """For those who look after the cohort."""
        return Response(ReportSerializer(_report(request, pk)).data)


class CohortReportFile(_File):
    @extend_schema(parameters=[CSVSerializer], responses=FILE)
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The table of the page, with times in my time zone."""
        report = _report(request, pk)
        _checked(request, CSVSerializer)
        with timezone.override(zone_of(request.user)):
            return as_csv(f"{report.cohort.name} progress", report_rows(report))


def _checked(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    asked = serializer(data=request.query_params.dict())
    asked.is_valid(raise_exception=True)
    return asked.validated_data


def _my(request: Request, serializer: type[AskedSerializer]) -> Performance:
    asked = _checked(request, serializer)
    return performance(
        request.user,
        timeframe=Timeframe(asked["timeframe"]),
        measure=Measure(asked["dimension"]),
        wanted=Wanted(**{each.name: asked[each.name] for each in fields(Wanted)}),
        now=timezone.now(),
    )


def _report(request: Request, pk: UUID) -> Report:
    cohort = get_object_or_404(Cohort.objects.visible_to(request.user), pk=pk)
    return cohort_report(cohort, now=timezone.now())
