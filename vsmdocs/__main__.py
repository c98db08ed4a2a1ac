"""The program's entry: a version at once, and no traceback for anybody who did not ask.

Nothing heavy is imported for `--version`, because scripts and editors ask for it often.
"""

from __future__ import annotations

import sys

from vsmdocs import __version__


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments == ["--version"]:
        sys.stdout.write(f"vsmdocs {__version__}\n")
        return 0
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    _prepare()
    from vsmdocs.errors import ConfigError, InvalidMap, VsmdocsError

    try:
        from vsmdocs.cli import run

        return run(arguments)
    except (ConfigError, InvalidMap) as error:
        from vsmdocs.rendering.findings_text import render_findings

        sys.stderr.write(render_findings(error.findings))
    except VsmdocsError as error:
        sys.stderr.write(f"Error: {error}\n")
    except OSError as error:
        # A full disk or a folder without rights is the environment's doing.
        sys.stderr.write(f"Error: {error}\n")
        _trace(arguments)
    except Exception as error:
        sys.stderr.write(
            f"Error: {type(error).__name__}: {str(error)[:500]}\n"
            "This is a bug in vsmdocs; please report it with what -v adds to this.\n"
        )
        _trace(arguments)
    return 2


def _prepare() -> None:
    """Set up the process: signals, streams, memory, and what libraries read from outside."""
    import atexit
    import gc
    import io
    import os
    import signal

    # What is half made is then cleared away, as it is on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    # Maps are kept to the end: looking through them all again and again for garbage took two
    # thirds of the time for a thousand. What is young is still collected.
    gc.set_threshold(100_000, 50, 1000)
    # At the end Python looks through everything twice more, which took a tenth of a build.
    atexit.register(gc.freeze)
    # Looking for plugins of pydantic reads about every package that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            # A terminal without some letter gets an escape, not an error.
            stream.reconfigure(errors="backslashreplace")


def _trace(arguments: list[str]) -> None:
    if any(word in ("-v", "--verbose", "-qv", "-vq") for word in arguments):
        import traceback

        traceback.print_exc()


if __name__ == "__main__":
    sys.exit(main())
