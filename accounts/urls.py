"""Pages of accounts. Signing in and out is allauth's, under /accounts/."""

from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all_notices, name="read_all_notices"),
    path("notices/<uuid:notice_id>/", views.open_notice, name="open_notice"),
    path("notices/<uuid:notice_id>/read/", views.read_notice, name="read_notice"),
    path("settings/", views.settings, name="settings"),
    path("settings/export/", views.export, name="export_me"),
    path("settings/erase/", views.erase, name="erase_me"),
    path("cohorts/", views.cohorts, name="cohorts"),
    path("cohorts/<uuid:cohort_id>/", views.cohort, name="cohort"),
    path("cohorts/<uuid:cohort_id>/invitations/", views.invite, name="invite"),
    path(
        "cohorts/<uuid:cohort_id>/invitations/<uuid:invitation_id>/revoke/",
        views.revoke_invitation,
        name="revoke_invitation",
    ),
    path("cohorts/<uuid:cohort_id>/helpers/", views.add_helper, name="add_helper"),
    re_path(
        r"^cohorts/(?P<cohort_id>[0-9a-f-]{36})/(?P<part>members|coaches|managers)/(?P<person_id>[0-9a-f-]{36})/remove/$",
        views.remove_from_cohort,
        name="remove_from_cohort",
    ),
    path("invitations/<str:token>/", views.accept_invitation, name="accept_invitation"),
]
