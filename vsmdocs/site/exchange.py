"""Let two folders change places in one step, where the operating system can.

Python has no call for it. Linux has `renameat2` with RENAME_EXCHANGE (since 3.15), macOS
`renamex_np` with RENAME_SWAP; both are in the C library that runs this program anyway.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2

UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV)
"""What a system or a file system answers that cannot do it."""


def exchange(one: Path, other: Path) -> None:
    """Let `one` and `other`, both existing, change places.

    Raises
    ------
    OSError
        As `os.rename` does, and with an `errno` out of `UNSUPPORTED` where it cannot be done.
    """
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = library.renamex_np(first, second, ctypes.c_uint(_RENAME_SWAP))
        else:
            failed = library.renameat2(
                _AT_FDCWD, first, _AT_FDCWD, second, ctypes.c_uint(_RENAME_EXCHANGE)
            )
    except (AttributeError, TypeError, OSError):
        # No such function, or on Windows no such library.
        raise OSError(errno.ENOSYS, "folders cannot change places here", str(other)) from None
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
