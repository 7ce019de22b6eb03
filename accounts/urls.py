"""Pages of accounts. Signing in and out is allauth's, under /accounts/."""

from django.urls import path, re_path

from accounts import developer, security, social, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all_notices, name="read_all_notices"),
    path("notices/<uuid:notice_id>/", views.open_notice, name="open_notice"),
    path("notices/<uuid:notice_id>/read/", views.read_notice, name="read_notice"),
    path("settings/", views.settings, name="settings"),
    path("settings/export/", views.export, name="export_me"),
    path("settings/erase/", views.erase, name="erase_me"),
    path("developer/", developer.keys, name="developer"),
    path("developer/keys/<uuid:key_id>/revoke/", developer.revoke, name="revoke_key"),
    # Under these names allauth looks for them.
    path("accounts/oidc/<slug:provider_id>/login/", social.login, name="openid_connect_login"),
    path("accounts/oidc/<slug:provider_id>/login/callback/", social.callback, name="openid_connect_callback"),
    path("accounts/sessions/", security.sign_ins, name="sign_ins"),
    path("accounts/sessions/<int:browser_id>/end/", security.end_browser, name="end_browser"),
    path("accounts/sessions/<uuid:family>/end/", security.end_client, name="end_client"),
    path("accounts/sessions/end-others/", security.end_others, name="end_others"),
    path("accounts/sessions/end-all/", security.end_all, name="end_all"),
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
