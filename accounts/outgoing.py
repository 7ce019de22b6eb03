"""Calls to addresses that somebody typed in: encrypted, never into the house, never led elsewhere."""

from ipaddress import ip_address
from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

TIMEOUT_S = 5


class Unwelcome(Exception):
    """This address may not be called. Not an OSError: nothing tries again."""


def session() -> requests.Session:
    """What goes wrong is a `requests.RequestException`, also where an address may not be called."""
    calls = _Session()
    calls.max_redirects = 0
    for scheme in ("https://", "http://"):
        calls.mount(scheme, _Door())
    return calls


class _Session(requests.Session):
    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        return super().request(*args, **{"timeout": TIMEOUT_S} | kwargs)


class _Door(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _EncryptedPool}

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        try:
            return super().send(*args, **kwargs)
        except Unwelcome as error:
            raise requests.ConnectionError(str(error)) from error


class _Plain(HTTPConnection):
    """Who answered is looked at once connected, before a byte is sent: a name may lead elsewhere each time."""

    def _new_conn(self) -> Any:
        return _welcome(super()._new_conn(), encrypted=False)


class _Encrypted(HTTPSConnection):
    def _new_conn(self) -> Any:
        return _welcome(super()._new_conn(), encrypted=True)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


def may_be_called(address: str, *, encrypted: bool) -> bool:
    """By its IP address. In plain words only to this very machine, and only where private networks are allowed."""
    peer = ip_address(address.partition("%")[0])
    peer = getattr(peer, "ipv4_mapped", None) or peer
    private = settings.PROVIDERS_MAY_BE_PRIVATE
    return (peer.is_global or private) if encrypted else (private and peer.is_loopback)


def _welcome(connected: Any, *, encrypted: bool) -> Any:
    if may_be_called(connected.getpeername()[0], encrypted=encrypted):
        return connected
    connected.close()
    if encrypted:
        raise Unwelcome(_("It leads into a private network; PROVIDERS_MAY_BE_PRIVATE=1 allows that."))
    raise Unwelcome(_("It is not encrypted: the address must begin with https."))
