"""Secrets in addresses: user names, passwords, tokens and sessions that travel where everybody can read them.

In: an address. Out: whether it carries one, and the address with the secret parts masked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.facts.urls import Address

_NAMES = (
    "access_token|auth_token|client_secret|id_token|jsessionid|passwd|password|phpsessid|pwd|refresh_token|secret|"
    "session_id|sessionid"
)
# A public token says so in its value: Mapbox's begin with pk., and browsers are meant to have them.
_IN_QUERY = re.compile(rf"(?<![^?&;#])({_NAMES})=(?!pk\.)([^&;#?]+)", re.IGNORECASE)
_USERINFO = re.compile(r"(?<=://)[^/?#@]*(?:@[^/?#@]*)*@")
# What stands before the @ there is whom to write to, or an account that everybody shares (git), not a secret.
_OF_PEOPLE = frozenset({"mailto", "sip", "sips", "xmpp"})
_OF_ACCOUNTS = re.compile(r"(?:git|sftp|ssh|git\+ssh|svn\+ssh)://[^/?#@:]*@")


def has_credentials(address: Address) -> bool:
    """Whether an address carries a user name, a password, a token or a session."""
    if _tells_userinfo(address):
        return True
    return "=" in address.url and _IN_QUERY.search(address.url) is not None


def masked(address: Address) -> str:
    """Return the address with its secret parts replaced by ***."""
    url = _USERINFO.sub("***@", address.url) if _tells_userinfo(address) else address.url
    return _IN_QUERY.sub(lambda match: f"{match.group(1)}=***", url)


def _tells_userinfo(address: Address) -> bool:
    return address.has_userinfo and address.scheme not in _OF_PEOPLE and not _OF_ACCOUNTS.match(address.url)
