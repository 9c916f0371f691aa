"""The whole of script/start at a terminal, in a copy of this checkout: from the first line to Ctrl-C."""

import fcntl
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import termios
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.conftest import OURS, ROOT, Checkout

pytestmark = pytest.mark.e2e
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "node_modules", "staticfiles", "__pycache__", "tests", ".*_cache"
)


class Terminal:
    """script/start in a terminal of its own, on a free port."""

    def __init__(self, checkout: Checkout) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.port = server.getsockname()[1]
        self.shown = ""
        self.keyboard, screen = os.openpty()
        environment = {
            name: value for name, value in os.environ.items() if name not in {*OURS, "HTTPS", "DEMO"}
        }
        self.process = subprocess.Popen(
            [checkout.root / "script/start"],
            env=environment | {"PORT": str(self.port)},
            stdin=screen,
            stdout=screen,
            stderr=screen,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(screen)

    def read_until(self, words: str, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.shown:
            assert time.monotonic() < deadline, f"not within {seconds} s: {words!r}\n{self.shown}"
            ready, _, _ = select.select([self.keyboard], [], [], 1)
            if not ready:
                continue
            try:
                self.shown += os.read(self.keyboard, 4096).decode().replace("\r\n", "\n")
            except OSError as closed:  # the other side of a terminal is gone
                raise AssertionError(f"ended before {words!r}\n{self.shown}") from closed

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()

    def end(self) -> int:
        self.process.wait(timeout=40)
        os.close(self.keyboard)
        return self.process.returncode


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    folder = tmp_path_factory.mktemp("start") / "portal"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    shutil.rmtree(folder / "script")
    if (ROOT / "node_modules").exists():
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
    portal = Checkout(folder)
    yield portal
    portal.tidy()


def processes_of(checkout: Checkout) -> list[str]:
    """Command lines of processes that work in this checkout or on its data."""
    place = re.compile(rf"{checkout.root}|movisie(-portal)?-{checkout.bash('service_id').stdout.strip()}")
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            folder = str((entry / "cwd").readlink())
        except OSError:
            continue
        if place.search(words) or place.search(folder):
            found.append(words)
    return found


def test_a_newcomer_sees_the_portal_and_ctrl_c_leaves_nothing_behind(portal):
    terminal = Terminal(portal)
    terminal.read_until("Ctrl-C stops everything.", 480)
    ready, health = terminal.get("/gezond/klaar")
    mailbox, _ = terminal.get("/postbus/")
    os.write(terminal.keyboard, b"\x03")
    code = terminal.end()

    assert f"The portal runs on http://127.0.0.1:{terminal.port}\n" in terminal.shown
    assert "@example.org" in terminal.shown
    assert f"can be read at http://127.0.0.1:{terminal.port}/postbus\n" in terminal.shown
    assert (ready, mailbox) == (200, 200)
    assert "not ok" not in health
    assert code == 130
    assert processes_of(portal) == []


def test_one_program_that_dies_stops_the_rest_and_is_named(portal):
    terminal = Terminal(portal)
    terminal.read_until("Ctrl-C stops everything.", 480)
    (worker, *_) = [
        child
        for child in Path(f"/proc/{terminal.process.pid}/task/{terminal.process.pid}/children")
        .read_text()
        .split()
        if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    os.kill(int(worker), signal.SIGKILL)
    terminal.read_until("Stopping", 30)
    code = terminal.end()

    assert (
        '"worker" stopped by itself, so everything is stopped. The end of var/log/worker.log:'
        in terminal.shown
    )
    assert code == 1
    assert processes_of(portal) == []
