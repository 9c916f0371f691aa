"""A gunicorn of our own on a free port, and the memory of its workers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

WORKERS = 2


@contextmanager
def server(application: str, **environment: str) -> Iterator["Server"]:
    """Serve ``application`` (module:name) with two sync workers while the context lasts."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "--workers",
        str(WORKERS),
        "--worker-class",
        "sync",
    ]
    with Path(os.devnull).open("w") as nowhere:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
            env={**os.environ, **environment},
            stdout=nowhere,
        )
    try:
        wait_for(port)
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(timeout=20)


class Server:
    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.port = port

    def worker_peak_mb(self) -> float:
        """Highest resident memory of any worker so far, in MB (VmHWM)."""
        return max(_peak_kb(child.pid) for child in psutil.Process(self.pid).children()) / 1024


def _peak_kb(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")
