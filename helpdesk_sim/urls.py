"""Addresses of all apps. Each app names its own pages and its own endpoints."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from chat.costs_admin import costs_page
from chat.personas_admin import personas_page
from helpdesk_sim.api.docs import Docs, SchemaFile
from helpdesk_sim.look import choose_look
from helpdesk_sim.owed_admin import owed_work_page, retry
from helpdesk_sim.probes import live, ready
from helpdesk_sim.styleguide import styleguide
from helpdesk_sim.views import manifest, offline, service_worker

api = [
    path("", include("accounts.api.urls")),
    path("", include("knowledge.api.urls")),
    path("", include("chat.api.urls")),
    path("", include("assessment.api.urls")),
    path("", include("gamification.api.urls")),
]

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("knowledge.urls")),
    path("", include("chat.urls")),
    path("", include("assessment.urls")),
    path("", include("gamification.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/scenarios/personas/", admin.site.admin_view(personas_page), name="personas"),
    path("admin/model-costs/", admin.site.admin_view(costs_page), name="model_costs"),
    path("admin/owed-work/", admin.site.admin_view(owed_work_page), name="owed_work"),
    path("admin/owed-work/<slug:name>/again/", admin.site.admin_view(retry), name="owed_work_again"),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    path("api/docs/", Docs.as_view(), name="api_docs"),
    path("api/schema/", SchemaFile.as_view(), name="schema"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/icon.svg", permanent=True)),
    path("health/", ready, name="health"),
    path("health/live", live, name="live"),
    path("health/ready", ready, name="ready"),
    path("look/", choose_look, name="choose_look"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("offline/", offline, name="offline"),
    path("service-worker.js", service_worker, name="service_worker"),
    path("styleguide/", styleguide, name="styleguide"),
]

handler400 = "helpdesk_sim.errors.bad_request"
handler403 = "helpdesk_sim.errors.forbidden"
handler404 = "helpdesk_sim.errors.not_found"
handler429 = "helpdesk_sim.errors.too_many"
handler500 = "helpdesk_sim.errors.broken"
