"""The schema, and a page to read and try it: Swagger UI from our own server, under a policy of its own."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation

from accounts.api.throttles import SchemaByMachine

# Swagger UI sets the style of elements as it draws; script stays as strict as everywhere.
POLICY = {"style-src": ["'unsafe-inline'"]}


class SchemaFile(SpectacularAPIView):
    """YAML, or JSON for who asks (`?format=json`)."""

    content_negotiation_class = DefaultContentNegotiation
    throttle_classes = [SchemaByMachine]  # drawn anew each time


@method_decorator(csp_update(POLICY), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    template_name = "api/docs.html"
    template_name_js = "api/docs.js"
