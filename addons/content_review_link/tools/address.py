"""Which addresses may be asked at all."""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

SIZE_MAX = 1000
PORTS = {"http": 80, "https": 443}
# A name with a domain of letters: an address in figures, of any form, is none.
HOST = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})"
)
# It carries an IPv4 address, which may be one of ours. The other ranges that do are never global:
# "::ffff:0:0/96", "64:ff9b:1::/48", "2002::/16".
CARRIER = ipaddress.ip_network("64:ff9b::/96")


class Place(NamedTuple):
    scheme: str
    host: str
    port: int
    target: str


def read_host(text):
    """As it is compared: lower case, in the letters of the network; empty when it is none."""
    try:
        host = (text or "").strip().lower().encode("idna").decode()
    except UnicodeError:
        return ""
    return host if HOST.fullmatch(host) else ""


def read_url(text):
    """:return: a `Place`, or None for what is never asked"""
    text = (text or "").strip()
    if len(text) > SIZE_MAX:
        return None
    try:
        parts = urlsplit(text)
        host, port = read_host(parts.hostname), parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not host or "@" in parts.netloc:
        return None
    if port not in (None, *PORTS.values()):
        return None
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Place(parts.scheme, host, port or PORTS[parts.scheme], target)


def is_public(address):
    """Whether this address of the network is out there: neither this machine nor its neighbours."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return found.is_global and not found.is_multicast and found not in CARRIER
