"""Where a repository lives on the web, told from the address of its remote.

The address comes out of a configuration: it may hold a password, and it may be anything. What
comes out of here has neither user nor password in it, and no sign that means something in HTML.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_URL = re.compile(
    r"(https?|(?:git\+)?ssh|git)://(?:[^/?#\\\s]*@)?([^/?#\\\s:@]+)(?::(\d{0,5}))?/([^?#\\\s]+)",
    re.IGNORECASE,
)
_SCP = re.compile(r"(?:[^@/:\s]+@)?([^@/:\s]{2,}):(?!//)(\S+)")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_PATH = re.compile(r"[A-Za-z0-9_.~+-]+(/[A-Za-z0-9_.~+-]+)+")
_LONGEST = 300
# Where git is answered on the port of the web, for those behind a wall.
_DOORS = {
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}


class Remote(NamedTuple):
    """A place on the web that has the repository."""

    host: str
    path: str
    """Owner and name, with slashes between them."""
    origin: str = ""
    """Scheme, host and port where it is written, and is not plainly `https://` and the host."""

    @property
    def web_address(self) -> str:
        """The address at which people look at it."""
        return f"{self.origin or f'https://{self.host}'}/{self.path}/"


def parse_remote(address: str) -> Remote | None:
    """Read a remote's address; None for a folder, and for what no host would be called."""
    address = address.strip(" ")
    url = _URL.fullmatch(address)
    scp = _SCP.fullmatch(address) if url is None and "://" not in address else None
    if url is not None:
        scheme, host, port, path = url[1].lower(), url[2].lower(), url[3] or "", url[4]
    elif scp is not None:
        scheme, host, port, path = "ssh", scp[1].lower(), "", scp[2]
    else:
        return None
    path = path.strip("/").removesuffix(".git").strip("/")
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(path) or len(host + path) > _LONGEST:
        return None
    if any(part in (".", "..") for part in path.split("/")):
        return None
    if scheme not in ("http", "https"):
        # The port of ssh says nothing about that of the web.
        return Remote(_DOORS.get(host, host), path)
    usual = port.lstrip("0") in ("", "443" if scheme == "https" else "80")
    # A short name is one of the web here, and mostly one of ssh's own settings above.
    if usual and scheme == "https" and "." in host:
        return Remote(host, path)
    return Remote(host, path, f"{scheme}://{host}{'' if usual else f':{int(port)}'}")
