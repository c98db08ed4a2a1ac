"""A port on this machine that nobody else has, and that nobody outside it reaches."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import suppress

from vsmdocs.errors import UsageError

FIRST = 8000
_TRIED = 20
_ATTEMPTS = 20
_ABSENT = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)


def listen(port: int | None) -> tuple[list[socket.socket], int]:
    """Return sockets that listen on a port of this machine's own addresses, and the port.

    Without a port it is the first one from 8000 on that is free; 0 is any.

    Raises
    ------
    UsageError
        When it is taken, or may not be had.
    """
    if port is None:
        for tried in range(FIRST, FIRST + _TRIED):
            with suppress(OSError):
                return _bound(tried), tried
        raise UsageError(
            f"the ports {FIRST} to {FIRST + _TRIED - 1} are all taken; give another one with -p"
        )
    try:
        sockets = _bound(port) if port else _any()
    except OSError as error:
        why = (
            "is taken by another program" if _is_taken(error) else f"cannot be had: {_said(error)}"
        )
        raise UsageError(
            f"port {port} {why}; give another one with -p, or none for the next that is free"
        ) from None
    return sockets, sockets[0].getsockname()[1]


def _any() -> list[socket.socket]:
    for _ in range(_ATTEMPTS):
        first = _socket(socket.AF_INET, "127.0.0.1", 0)
        try:
            return [first, *_sixth(first.getsockname()[1])]
        except OSError:
            # The other address has another program there.
            first.close()
    return [_socket(socket.AF_INET, "127.0.0.1", 0)]


def _bound(port: int) -> list[socket.socket]:
    first = _socket(socket.AF_INET, "127.0.0.1", port)
    try:
        return [first, *_sixth(port)]
    except OSError:
        first.close()
        raise


def _sixth(port: int) -> list[socket.socket]:
    """Return a socket for `::1` as well, which `localhost` may mean, where there is one."""
    if not socket.has_ipv6:
        return []
    try:
        return [_socket(socket.AF_INET6, "::1", port)]
    except OSError as error:
        if error.errno in _ABSENT:
            return []
        raise


def _socket(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There the other option lets two programs have one port.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made


def _is_taken(error: OSError) -> bool:
    return error.errno == errno.EADDRINUSE


def _said(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
