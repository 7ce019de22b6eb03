"""Requests counted by view, method and status."""

from typing import Any

from django_prometheus.middleware import PrometheusAfterMiddleware


class CountAfter(PrometheusAfterMiddleware):
    """A method that HTTP does not have is counted under one name: as sent, anybody could make new series without end."""

    def label_metric(self, metric: Any, request: Any, response: Any = None, **labels: Any) -> Any:
        if "method" in labels:
            labels["method"] = self._method(request)
        return super().label_metric(metric, request, response, **labels)
