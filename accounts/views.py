"""Pages about people: landing, notices, settings, cohorts."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from djangorestframework_camel_case.render import CamelCaseJSONRenderer

from accounts import asked, services
from accounts.adapters import INVITATION_KEY
from accounts.errors import Conflict, Refusal, Unprocessable
from accounts.forms import CohortForm, EraseForm, HelperForm, InvitationForm, SettingsForm, zones
from accounts.models import Cohort, Invitation, Notice, User
from accounts.requests import PersonRequest, shown_or_sent
from accounts.rules import founds_cohorts, looks_after_cohorts


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("dashboard")
    return render(request, "accounts/landing.html")


@login_required
@require_safe
def notices(request: PersonRequest) -> HttpResponse:
    """Filters and page live in the address."""
    unread = asked.choice(request, "unread", ("true",)) == "true"
    kind = asked.choice(request, "kind", Notice.Kind.values)
    shown = request.user.notices.unread() if unread else request.user.notices.all()
    if kind:
        shown = shown.filter(kind=kind)
    page = Paginator(shown, 20).get_page(request.GET.get("page"))
    for notice in page:
        notice.url = notice.url and reverse("open_notice", args=[notice.pk])
    context = {"page": page, "unread": unread, "kind": kind, "kinds": Notice.Kind.choices}
    return render(request, "accounts/notices.html", context)


@login_required
@require_safe
def open_notice(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Goes where the notice points; having been there, it is read."""
    notice = services.read_notice(user=request.user, notice_id=notice_id, now=timezone.now())
    ours = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if notice.url and ours else "notices")


@login_required
@require_POST
def read_notice(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Back to the same part of the list."""
    services.read_notice(user=request.user, notice_id=notice_id, now=timezone.now())
    query = request.GET.urlencode()
    return redirect(reverse("notices") + (f"?{query}" if query else ""))


@login_required
@require_POST
def read_all_notices(request: PersonRequest) -> HttpResponse:
    services.read_all_notices(user=request.user, now=timezone.now())
    return redirect("notices")


@login_required
@shown_or_sent
def settings(request: PersonRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_settings(person=request.user, profile=form.profile, preferences=form.preferences)
        messages.success(request, _("Your settings are saved."))
        return redirect("settings")
    return render(request, "accounts/settings.html", {"form": form, "zones": zones()})


@login_required
@require_safe
def export(request: PersonRequest) -> HttpResponse:
    """All that is stored about the one who asks, as a file; the same as the API gives."""
    now = timezone.now()
    about = services.export_person(person=request.user, now=now)
    body = CamelCaseJSONRenderer().render(about, "application/json; indent=2")
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="helpdesk-simulator-{now:%Y-%m-%d}.json"'
    return response


@login_required
@shown_or_sent
def erase(request: PersonRequest) -> HttpResponse:
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        try:
            services.erase_person(person=request.user, password=password, now=timezone.now())
        except Refusal as refusal:
            form.add_error("password" if refusal.details else None, refusal.message)
        else:
            logout(request)
            messages.success(request, _("Your account is erased. Nothing here says who you were."))
            return redirect("landing")
    return render(request, "accounts/erase.html", {"form": form})


@login_required
@shown_or_sent
def cohorts(request: PersonRequest) -> HttpResponse:
    user = _who_looks_after_cohorts(request)
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cohort = services.create_cohort(manager=user, now=timezone.now(), **form.cleaned_data)
        messages.success(
            request, _("“%(name)s” is ready. Invite people with a link.") % {"name": cohort.name}
        )
        return redirect(cohort)
    shown = (
        Cohort.objects.visible_to(user).current().with_member_count().prefetch_related("managers", "coaches")
    )
    page = Paginator(shown, 20).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "may_create": founds_cohorts(user)}
    return render(request, "accounts/cohorts.html", context)


@login_required
@require_safe
def cohort(request: PersonRequest, cohort_id: UUID) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    return _show_cohort(request, cohort, InvitationForm(), HelperForm())


@login_required
@require_POST
def invite(request: PersonRequest, cohort_id: UUID) -> HttpResponse:
    cohort, form = _cohort(request, cohort_id), InvitationForm(request.POST)
    if not form.is_valid():
        return _show_cohort(request, cohort, form, HelperForm())
    invitation = services.invite(cohort=cohort, actor=request.user, now=timezone.now(), **form.cleaned_data)
    told = _("The link goes to %(email)s.") if invitation.email else _("The link is ready to copy.")
    messages.success(request, told % {"email": invitation.email})
    return redirect(cohort)


@login_required
@require_POST
def revoke_invitation(request: PersonRequest, cohort_id: UUID, invitation_id: UUID) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    invitation = get_object_or_404(cohort.invitations, pk=invitation_id)
    services.revoke_invitation(invitation=invitation, actor=request.user, now=timezone.now())
    messages.success(request, _("The link no longer works."))
    return redirect(cohort)


@login_required
@require_POST
def add_helper(request: PersonRequest, cohort_id: UUID) -> HttpResponse:
    cohort, form = _cohort(request, cohort_id), HelperForm(request.POST)
    if form.is_valid():
        try:
            person = services.add_helper(
                cohort=cohort, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Unprocessable as refusal:
            form.add_error("email", refusal.message)
        else:
            told = _("%(name)s now looks after this cohort.") % {"name": person.display_name}
            messages.success(request, told)
            return redirect(cohort)
    return _show_cohort(request, cohort, InvitationForm(), form)


@login_required
@require_POST
def remove_from_cohort(
    request: PersonRequest, cohort_id: UUID, part: services.Part, person_id: UUID
) -> HttpResponse:
    cohort = _cohort(request, cohort_id)
    try:
        services.remove_from_cohort(
            cohort=cohort, part=part, person_id=person_id, actor=request.user, now=timezone.now()
        )
    except Conflict as refusal:
        messages.error(request, refusal.message)
    still_mine = Cohort.objects.visible_to(request.user).filter(pk=cohort.pk).exists()
    return redirect(cohort) if still_mine else redirect("cohorts")


@shown_or_sent
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A visitor may sign up first; the session remembers the way back."""
    invitation = Invitation.objects.with_token(token).select_related("cohort", "invited_by").first()
    if invitation is None:
        raise Http404
    if request.method == "POST" and request.user.is_authenticated:
        request.session.pop(INVITATION_KEY, None)
        cohort = services.accept_invitation(token=token, person=request.user, now=timezone.now())
        messages.success(request, _("Welcome to “%(name)s”.") % {"name": cohort.name})
        return redirect("dashboard")
    usable = Invitation.objects.open(timezone.now()).filter(pk=invitation.pk).exists()
    if usable and not request.user.is_authenticated:
        request.session[INVITATION_KEY] = token
    else:
        request.session.pop(INVITATION_KEY, None)
    return render(request, "accounts/invitation.html", {"invitation": invitation, "usable": usable})


def _who_looks_after_cohorts(request: PersonRequest) -> User:
    """Everyone else learns nothing, not even that the page exists."""
    user = request.user
    if not looks_after_cohorts(user):
        raise Http404
    return user


def _cohort(request: PersonRequest, cohort_id: UUID) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(request.user), pk=cohort_id)


def _show_cohort(
    request: PersonRequest, cohort: Cohort, invitation_form: InvitationForm, helper_form: HelperForm
) -> HttpResponse:
    members = cohort.members.all()
    if sought := asked.words(request):
        members = members.named(sought)
    links = cohort.invitations.open(timezone.now()).select_related("invited_by", "cohort")[:50]
    context = {
        "cohort": cohort,
        "page": Paginator(members, 50).get_page(request.GET.get("page")),
        "sought": sought,
        "may_manage": Cohort.objects.managed_by(request.user).filter(pk=cohort.pk).exists(),
        "invitations": links,
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "invitation_form": invitation_form,
        "helper_form": helper_form,
    }
    return render(request, "accounts/cohort.html", context)
