"""Spans of pages and tasks for OpenTelemetry, when `OTEL_EXPORTER_OTLP_ENDPOINT` says where to send them.

The packages come with the production kind and are loaded only then. Nothing personal leaves: of what the
instrumentations note only the attributes in `KEPT` are sent.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from helpdesk_sim.logs import mask

AFTER_PROBES = settings.MIDDLEWARE.index("helpdesk_sim.request_ids.RequestIds") + 1
KEPT = {
    "celery.action",
    "celery.state",
    "celery.task_name",
    "exception.type",
    "http.method",
    "http.request.method",
    "http.response.status_code",
    "http.route",
    "http.status_code",
    "messaging.destination",
    "messaging.destination.name",
    "messaging.message.id",
}


def trace(part: str) -> None:
    """Nothing without the setting. Call it before the handler of requests is made. The rest of `OTEL_…` (sampling, service name) is OpenTelemetry's own."""
    if not settings.OTEL_EXPORTER_OTLP_ENDPOINT:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.celery import CeleryInstrumentor
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
    from opentelemetry.trace import set_tracer_provider

    class DiscreetExporter(OTLPSpanExporter):
        def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
            return super().export([_discreet(span) for span in spans])

    provider = TracerProvider(resource=Resource.create({"service.name": f"helpdesk-{part}"}))
    provider.add_span_processor(BatchSpanProcessor(DiscreetExporter()))
    set_tracer_provider(provider)
    # Inside of what answers probes: it asks for the host's name, which probes need not know.
    DjangoInstrumentor().instrument(middleware_position=AFTER_PROBES)
    CeleryInstrumentor().instrument()


def _discreet(span: Any) -> Any:
    """The same span without what might tell of a person: addresses, paths, messages of exceptions."""
    from opentelemetry.sdk.trace import Event, ReadableSpan
    from opentelemetry.trace import Status

    return ReadableSpan(
        name=mask(span.name),
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_kept(span.attributes),
        events=[Event(each.name, _kept(each.attributes), each.timestamp) for each in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _kept(attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in (attributes or {}).items() if name in KEPT}
