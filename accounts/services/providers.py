"""Organisations that sign their people in: ask how they are reached, and let them go."""

from datetime import datetime
from typing import Any

import requests
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import outgoing
from accounts.errors import Unprocessable
from accounts.models import IdentityProvider, User
from accounts.services.audit import record_audit
from accounts.services.sign_ins import shut_out

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def discover(*, issuer: str) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0, 4).

    Raises `Unprocessable`, in words for the one who set it up.
    """
    url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        with outgoing.session() as calls:
            answer = calls.get(url)
        answer.raise_for_status()
        said = answer.json()
    except requests.TooManyRedirects as error:
        raise _useless(url, _("It leads to another address. Enter that one.")) from error
    except requests.HTTPError as error:
        told = {"status": answer.status_code}
        raise _useless(url, _("It answers %(status)s. Is the issuer complete?") % told) from error
    except requests.JSONDecodeError as error:
        raise _useless(url, _("What it answers is not JSON. Is the issuer complete?")) from error
    except requests.Timeout as error:
        raise _useless(url, _("It does not answer.")) from error
    except requests.RequestException as error:
        raise _useless(url, str(error)) from error
    if not isinstance(said, dict) or str(said.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        theirs = said.get("issuer") if isinstance(said, dict) else None
        raise _useless(url, _("It speaks for another issuer: %(issuer)s") % {"issuer": theirs})
    for name in NEEDED:
        if not str(said.get(name, "")).startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise _useless(url, _("It names no usable %(name)s.") % {"name": name})
    return said


def _useless(url: str, why: str) -> Unprocessable:
    return Unprocessable(f"{url}: {why}")


@transaction.atomic
def keep_provider(*, provider: IdentityProvider, actor: User, changed: list[str], now: datetime) -> None:
    """Made or changed by an administrator. What the domains were and are is in the trail, secrets are not."""
    provider.save()
    data = {"slug": provider.slug, "changed": sorted(changed), "domains": provider.owned_domains}
    record_audit(actor=actor, action="identity_provider.kept", about=provider, data=data, now=now)


@transaction.atomic
def cut_link(*, account: SocialAccount, actor: User, now: datetime) -> None:
    """By an administrator, who doubts that it is still the person: it ends every sign-in and key of theirs too."""
    person, data = account.user, {"slug": account.provider}
    account.delete()
    record_audit(actor=actor, action="identity_provider.unlinked", about=person, data=data, now=now)
    shut_out(person=person, actor=actor, now=now)


@transaction.atomic
def remove_provider(*, provider: IdentityProvider, actor: User, now: datetime) -> None:
    """Who came through it comes no more: a later provider of that name is another one."""
    links, _details = SocialAccount.objects.filter(provider=provider.slug).delete()
    data = {"slug": provider.slug, "links": links}
    record_audit(actor=actor, action="identity_provider.removed", about=provider, data=data, now=now)
    provider.delete()
