"""`vsmdocs serve`: who is answered, with what, and that nothing of it stays behind."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.e2e.conftest import OpenedPage, OpenPage
from tests.e2e.repositories import Repo, a_map
from vsmdocs.serving import port as ports

MAP = "maps/delivery/current.md"
_SERVING = re.compile(r"Serving (http://127\.0\.0\.1:(\d+)/)")
BROKEN = "process_time: 2 fortnights"


@dataclass
class Serving:
    """A server that is running, with what it said."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    address: str = ""
    port: int = 0

    def get(
        self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask for exactly this path, with these headers in place of the usual ones."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {"host": f"127.0.0.1:{self.port}", **headers}
        line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in given.items():
            if value:
                line.putheader(name.replace("_", "-"), value)
        line.endheaders(body)
        answer = line.getresponse()
        found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        line.close()
        return found


@contextmanager
def serving(root: Path, *arguments: str, end: int = signal.SIGTERM) -> Iterator[Serving]:
    """Start a server, and see that it ends as it should, with every process of its own."""
    command = [sys.executable, "-m", "vsmdocs", "serve", "-p", "0", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "NO_COLOR": "1"}
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stdout is not None
    running = Serving(process)
    for line in process.stderr:
        running.said.append(line)
        if found := _SERVING.search(line):
            running.address, running.port = found[1], int(found[2])
            break
    assert running.port, "".join(running.said)
    rest = threading.Thread(target=lambda: running.said.extend(process.stderr or ()))
    rest.start()
    try:
        yield running
        # As Ctrl-C does, which reaches all of them.
        os.killpg(process.pid, end) if end == signal.SIGINT else process.send_signal(end)
        assert process.wait(20) == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        rest.join()
        output = process.stdout.read()
        process.stdout.close()
        process.stderr.close()
    assert output == ""
    assert "Traceback" not in "".join(running.said)
    assert not _is_anybody_left(process.pid)


def _is_anybody_left(group: int) -> bool:
    """Return whether processes are left, when all had time to notice that the first one ended."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


def project(root: Path) -> Path:
    for name in ("delivery", "support"):
        path = root / "maps" / name / "current.md"
        path.parent.mkdir(parents=True)
        path.write_text(a_map(title=name.title()), encoding="utf-8")
    (root / "vsmdocs.toml").write_text('[site]\nbase_url = "https://streams.example.org/"\n')
    return root


# --- who is answered ----------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = project(tmp_path_factory.mktemp("served"))
    with serving(root) as running:
        site = root / ".vsmdocs-cache" / "serve" / "site"
        (site / "secret.txt").symlink_to(root / "vsmdocs.toml")
        (site / "out").symlink_to(root)
        (site / ".hidden").mkdir()
        (site / ".hidden" / "index.html").write_text("hidden")
        yield running


def test_only_names_of_this_machine_are_answered(server: Serving) -> None:
    here = server.port
    for host in (f"localhost:{here}", f"LOCALHOST:{here}", f"[::1]:{here}"):
        assert server.get("/", host=host)[0] == 200, host
    others = ("evil.example", f"evil.example:{here}", f"localhost.evil.example:{here}",
              "localhost", f"localhost:{here + 1}", f"127.0.0.1.evil.example:{here}",
              f"evil.example@127.0.0.1:{here}", f"0.0.0.0:{here}")  # fmt: skip
    for host in others:
        status, _, body = server.get("/", host=host)
        assert status == 421, host
        assert b"<html" not in body
    # Without any, or with two, it is no request at all.
    assert server.get("/", host="")[0] in (400, 421)


def test_pages_of_other_servers_may_not_ask(server: Serving) -> None:
    own = (f"http://127.0.0.1:{server.port}", f"http://localhost:{server.port}")
    for origin in own:
        assert server.get("/", origin=origin)[0] == 200
    others = ("https://evil.example", "null", f"https://127.0.0.1:{server.port}",
              "http://127.0.0.1", f"http://127.0.0.1:{server.port + 1}",
              f"127.0.0.1:{server.port}", f"http://127.0.0.1:{server.port}.evil.org")  # fmt: skip
    for origin in others:
        for path in ("/", "/:vsmdocs/news"):
            assert server.get(path, origin=origin)[0] == 403, (origin, path)


def test_nothing_can_be_sent(server: Serving) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        assert server.get("/", method=method)[0] == 405, method
    status, headers, body = server.get("/", method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["content-type"] == "text/html; charset=utf-8"


def test_answers_say_who_may_use_them(server: Serving) -> None:
    for path in ("/", "/data/metrics.csv", "/nowhere", "/:vsmdocs/live.js"):
        _, headers, _ = server.get(path)
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["content-security-policy"] == "frame-ancestors 'self'"
        assert "server" not in headers


# --- with what ----------------------------------------------------------------------


NOT_SERVED = [
    "/.vsmdocs-site", "/%2evsmdocs-site", "/.hidden/", "/.hidden/index.html", "/%2ehidden/",
    "/secret.txt", "/out/vsmdocs.toml", "/out/maps/delivery/current.md", "/out/",
    "/../vsmdocs.toml", "/../../../vsmdocs.toml", "/%2e%2e/%2e%2e/%2e%2e/vsmdocs.toml",
    "/..%2f..%2f..%2fvsmdocs.toml", "/streams/../index.html", "/%252e%252e/vsmdocs.toml",
    "/..%5c..%5cvsmdocs.toml", "/streams\\delivery", "//index.html", "/streams//delivery/",
    "/%00", "/index.html%00.css", "/index.html/", "/streams/", "/assets", "/assets/",
    "/etc/passwd", "//etc/passwd", "/c:/windows", "/%ff%fe", "/" + "a" * 5000,
    "/:vsmdocs/", "/:vsmdocs/../live.js", "/:vsmdocs/live.py",
]  # fmt: skip


@pytest.mark.parametrize("path", NOT_SERVED, ids=lambda path: path[:40])
def test_only_the_sites_own_files_are_served(server: Serving, path: str) -> None:
    status, _, body = server.get(path)
    assert status == 404
    assert b"streams.example.org" not in body
    assert b"passwd" not in body
    assert b"Index of" not in body


def test_an_address_for_a_proxy_is_none_of_ours(server: Serving) -> None:
    assert server.get("http://evil.example/index.html")[0] == 404


def test_pages_and_files_come_as_what_they_are(server: Serving) -> None:
    status, headers, body = server.get("/streams/delivery/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b'src="/:vsmdocs/live.js"' in body
    # What is published elsewhere has an address there; this is here.
    assert b"streams.example.org" not in body
    status, headers, _ = server.get("/streams/delivery?x=1")
    assert (status, headers["location"]) == (307, "/streams/delivery/")
    status, headers, body = server.get("/nowhere/at/all")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert b"There is no" in body
    asset = re.search(rb'href="(?:\.\./)*(assets/style\.\w+\.css)"', server.get("/")[2])
    assert asset
    for path, kind in (
        (f"/{asset[1].decode()}", "text/css; charset=utf-8"),
        ("/data/metrics.csv", "text/csv; charset=utf-8"),
        ("/data/delivery.current.json", "application/json"),
    ):
        status, headers, body = server.get(path)
        assert (status, headers["content-type"]) == (200, kind)
        assert b":vsmdocs" not in body


# --- how it ends and begins ------------------------------------------------------------


def test_it_ends_on_ctrl_c_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, temporary = project(tmp_path / "project"), tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    before = sorted(path for path in root.rglob("*"))
    with serving(root, "--no-cache", end=signal.SIGINT) as running:
        assert list(temporary.iterdir())
        assert running.get("/")[0] == 200
        # A page that listens is let go.
        line = socket.create_connection(("127.0.0.1", running.port))
        line.sendall(
            f"GET /:vsmdocs/news?page=/ HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\n\r\n".encode()
        )
        assert b"200 OK" in line.recv(100)
    line.close()
    assert list(temporary.iterdir()) == []
    assert sorted(path for path in root.rglob("*")) == before


def test_it_ends_in_the_middle_of_a_build(tmp_path: Path) -> None:
    root = project(tmp_path)
    with serving(root, end=signal.SIGTERM):
        for number in range(60):
            path = root / "maps" / f"more-{number}" / "current.md"
            path.parent.mkdir()
            path.write_text(a_map(title=f"More {number}"), encoding="utf-8")
    left = [path.name for path in (root / ".vsmdocs-cache" / "serve").iterdir()]
    assert left == ["site"]


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "NO_COLOR": "1"}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_what_cannot_be_served_is_said_at_once(tmp_path: Path) -> None:
    root = project(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        done = run(root, "-m", "vsmdocs", "serve", "-p", str(taken))
    assert done.returncode == 2
    assert f"Error: port {taken} is taken by another program; give another one" in done.stderr
    done = run(root, "-m", "vsmdocs", "-C", "maps", "serve", "-p", "0")
    assert done.returncode == 2
    assert "there is no folder maps/" in done.stderr
    (root / "vsmdocs.toml").write_text("[site]\ntitel = 'x'\n")
    done = run(root, "-m", "vsmdocs", "serve", "-p", "0")
    assert done.returncode == 2
    assert "vsmdocs.toml:2:1" in done.stderr
    without = "import sys; sys.modules['uvicorn'] = None; from vsmdocs.__main__ import main; "
    done = run(root, "-c", f"{without}sys.exit(main(['serve']))")
    assert done.returncode == 2
    assert "Error: uvicorn is not installed" in done.stderr
    assert "pip install 'vsmdocs[serve]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_leads_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    first, taken = ports.listen(0)
    monkeypatch.setattr(ports, "FIRST", taken)
    second, number = ports.listen(None)
    for one in (*first, *second):
        assert one.getsockname()[0] in ("127.0.0.1", "::1")
        one.close()
    assert number > taken


@pytest.mark.skipif(sys.platform != "linux", reason="tells processes by /proc")
def test_a_builder_that_was_ended_is_started_again(tmp_path: Path) -> None:
    root = project(tmp_path)
    with serving(root) as running:
        number = running.process.pid
        builder = int(Path(f"/proc/{number}/task/{number}/children").read_text().split()[0])
        os.kill(builder, signal.SIGKILL)
        line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
        line.request("GET", "/:vsmdocs/news?page=/streams/delivery/current.html&seen=")
        events = line.getresponse()
        assert b'"page": "new"' in events.readline()
        (root / MAP).write_text(a_map("9d", title="Renamed"), encoding="utf-8")
        while b'"built": true' not in events.readline():
            pass
        while b"Renamed" not in running.get("/streams/delivery/current.html")[2]:
            assert events.readline()
        line.close()


def test_a_process_ends_also_when_it_is_asked_to_while_it_forks(tmp_path: Path) -> None:
    asked = (
        "import os, signal, sys, time\n"
        "from vsmdocs.serving.ending import Ending\n"
        "os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGTERM))\n"
        "Ending().listen()\n"
        "try:\n"
        "    if not os.fork(): os._exit(0)\n"
        "    time.sleep(20)\n"
        "    sys.exit(3)\n"
        "finally:\n"
        "    print('cleared')\n"
    )
    done = run(tmp_path, "-c", asked)
    assert (done.returncode, done.stdout, done.stderr) == (0, "cleared\n", "")


# --- in a browser -------------------------------------------------------------------


@pytest.fixture
def edit(tmp_path: Path) -> Callable[[str, str], None]:
    """`edit("3d", "5d")` puts one text in the place of another in the map."""

    def put(old: str, new: str) -> None:
        path = tmp_path / MAP
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return put


def error(opened: OpenedPage) -> str:
    """Return what the overlay says, when it is there."""
    panel = opened.page.locator("#\\:vsmdocs section")
    panel.wait_for(state="visible")
    return panel.inner_text()


def test_a_page_follows_its_map_and_keeps_its_place(
    tmp_path: Path, open_page: OpenPage, edit: Callable[[str, str], None]
) -> None:
    repo = Repo(project(tmp_path).resolve())
    body = "\n\n".join(f"Paragraph {number}." for number in range(80))
    repo.commit("Map it", {MAP: a_map(body=body), ".gitignore": ".vsmdocs-cache/\n"})
    with serving(tmp_path) as running:
        opened = open_page(f"{running.address}streams/delivery/current.html", height=500)
        page = opened.page
        page.locator("#\\:vsmdocs[data-line=open]").wait_for(state="attached")
        page.evaluate("() => { window.marked = true; }")
        # The reader's place: a link in focus, what was opened, and how far it was scrolled.
        page.evaluate(
            "document.querySelectorAll('main details').forEach((d) => { d.open = true; })"
        )
        open_before = page.evaluate("document.querySelectorAll('main details[open]').length")
        paragraph = page.get_by_text("Paragraph 40.", exact=True)
        paragraph.scroll_into_view_if_needed()
        page.evaluate("document.querySelector('main a').focus({ preventScroll: true })")
        focused = page.evaluate("document.activeElement.outerHTML")
        top = page.evaluate("scrollY")
        assert top > 500

        edit("wait_time: 3d", "wait_time: 7d")
        page.wait_for_function("() => !window.marked && document.readyState === 'complete'")
        page.wait_for_function("top => Math.abs(scrollY - top) < 40", arg=top)
        assert page.evaluate("document.activeElement.outerHTML") == focused
        now = page.evaluate("document.querySelectorAll('main details[open]').length")
        assert now >= open_before > 0
        assert "7 d" in page.locator("main").inner_text()

        # An error is told at its place, and the page stays as it was.
        page.evaluate("() => { window.marked = true; }")
        edit("process_time: 2h", BROKEN)
        told = error(opened)
        assert "1 error" in told
        assert re.search(r"maps/delivery/current\.md:\d+:\d+", told)
        assert "fortnights" in told
        assert opened.errors == []
        assert opened.violations() == []
        # axe styles what it looks at, which the pages' policy refuses it.
        opened.errors.clear()
        page.locator("#\\:vsmdocs").get_by_role("button", name="Hide").click()
        page.locator("#\\:vsmdocs section").wait_for(state="hidden")
        page.locator("#\\:vsmdocs").get_by_role("button", name="1 error").click()
        assert "fortnights" in error(opened)
        edit(BROKEN, "process_time: 2h")
        page.locator("#\\:vsmdocs section").wait_for(state="hidden")

        # So are settings, of which no site can be made.
        settings = tmp_path / "vsmdocs.toml"
        settings.write_text("[site]\ntitle = 3\n")
        told = error(opened)
        assert "vsmdocs.toml:2:9" in told
        assert "settings-type" in told
        settings.write_text('[site]\ntitle = "Another <name>"\n')
        page.locator("#\\:vsmdocs section").wait_for(state="hidden")
        page.wait_for_function("() => document.title.includes('Another <name>')")

        # A commit is a part of the past.
        page.goto(f"{running.address}changes/")
        repo.commit("Wait for a week", {})
        page.get_by_text("Wait for a week").first.wait_for()

        # What is not there comes to be, and what is gone is said to be.
        assert opened.errors == []
        page.goto(f"{running.address}streams/new/current.html")
        (tmp_path / "maps" / "new").mkdir()
        added = tmp_path / "maps" / "new" / "current.md"
        added.write_text(a_map(title="New"), encoding="utf-8")
        page.get_by_role("heading", name="New").first.wait_for()
        added.unlink()
        assert "This page is gone" in error(opened)
        assert [one for one in opened.errors if "404 (Not Found)" not in one] == []
        assert opened.left_site == []


def test_what_is_hostile_is_shown_as_text(
    tmp_path: Path, open_page: OpenPage, edit: Callable[[str, str], None]
) -> None:
    project(tmp_path)
    with serving(tmp_path) as running:
        opened = open_page(f"{running.address}index.html")
        edit("process_time: 2h", 'process_time: "</script><img src=x onerror=alert(1)>"')
        assert "<img src=x onerror=alert(1)>" in error(opened)
        assert opened.page.locator("#\\:vsmdocs img").count() == 0
        assert opened.errors == []
