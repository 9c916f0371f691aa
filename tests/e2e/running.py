"""The portal's own programs on free ports: web server, worker, clock, mail sink, address stand-in."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def wait_until(what: Callable[[], Any], *, seconds: float = 30, every: float = 0.1) -> Any:
    """The first true answer of ``what``; fails the test after ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := what():
            return answer
        time.sleep(every)
    raise AssertionError(f"This did not happen within {seconds} seconds: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Programs:
    """Starts programs with the portal's environment, each in a process group of its own, and ends them."""

    def __init__(self, environment: dict[str, str], logs: Path) -> None:
        self.environment = {**os.environ, **environment}
        self.logs = logs
        self.running: dict[str, subprocess.Popen] = {}

    def start(self, name: str, *command: str) -> subprocess.Popen:
        with (self.logs / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.running[name] = process
        return process

    def redis(self, port: int) -> subprocess.Popen:
        """A Redis that keeps nothing on disk: when it ends, all that was in it is gone."""
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
        return self.start("redis", *command, "--dir", str(self.logs))

    def manage(self, name: str, *arguments: str) -> subprocess.Popen:
        return self.start(name, sys.executable, "manage.py", *arguments)

    def worker(self) -> subprocess.Popen:
        command = ["celery", "-A", "movisie_portal", "worker", "--concurrency", "2", "--loglevel", "WARNING"]
        return self.start("worker", sys.executable, "-m", *command)

    def beat(self, schedule: Path) -> subprocess.Popen:
        command = ["celery", "-A", "movisie_portal", "beat", "--pidfile=", "--schedule", str(schedule)]
        return self.start("beat", sys.executable, "-m", *command)

    def web(self, port: int) -> subprocess.Popen:
        command = ["gunicorn", "movisie_portal.wsgi:application", "--bind", f"127.0.0.1:{port}"]
        return self.start("web", sys.executable, "-m", *command, "--workers", "2", "--threads", "4")

    def kill(self, name: str) -> None:
        """As a power cut would: SIGKILL to the program and its children."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)

    def stop(self, name: str) -> None:
        process = self.running.pop(name)
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)

    def stop_all(self) -> None:
        for name in reversed(list(self.running)):
            self.stop(name)
