"""How requests with a token leave: to one trusted address, and never where an answer leads."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlsplit

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def opener() -> urllib.request.OpenerDirector:
    """Return what opens addresses, and follows none by itself: no redirection, no file, no ftp."""
    opener = urllib.request.OpenerDirector()
    proxies = {k: v for k, v in urllib.request.getproxies().items() if k == "https"}
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
    ):
        opener.add_handler(handler)
    return opener


def trusted(address: str) -> bool:
    """Return whether a token may be sent to an address: by https, or to this very machine."""
    try:
        parts = urlsplit(address)
        local = parts.hostname in _LOOPBACK
    except ValueError:
        return False
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    return plain and bool(parts.hostname) and (parts.scheme == "https" or
                                               (parts.scheme == "http" and local))  # fmt: skip
