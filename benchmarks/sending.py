"""Clients that send requests as fast as they are answered, one process each, over plain sockets."""

import multiprocessing
import socket
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WARM_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Measured:
    """What clients saw: how long it lasted, the time of each request in ms, and how often each status came."""

    seconds: float
    times_ms: tuple[float, ...]
    statuses: dict[int, int]

    @classmethod
    def nothing(cls) -> "Measured":
        return cls(0, (), {})

    def __add__(self, other: "Measured") -> "Measured":
        statuses = Counter(self.statuses) + Counter(other.statuses)
        return Measured(self.seconds + other.seconds, self.times_ms + other.times_ms, dict(statuses))

    @property
    def rps(self) -> float:
        return len(self.times_ms) / self.seconds

    @property
    def p50_ms(self) -> float:
        return statistics.median(self.times_ms)

    @property
    def p95_ms(self) -> float:
        return percentile(sorted(self.times_ms), 95)


def request(method: str, path: str, port: int, *, headers: dict[str, str], body: bytes = b"") -> bytes:
    """An HTTP/1.1 request for one connection."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def hammer(
    *,
    port: int,
    clients: int,
    seconds: float,
    make: Callable[[int, int], bytes],
    warm_up: float = WARM_UP_SECONDS,
) -> Measured:
    """Send what ``make(client, n)`` gives from each client; times are in milliseconds, warm-up not counted."""
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue = context.Queue()
    begin = time.monotonic() + warm_up
    processes = [
        context.Process(target=_client, args=(client, port, begin, begin + seconds, make, results))
        for client in range(clients)
    ]
    for process in processes:
        process.start()
    answers = [results.get() for _ in processes]
    for process in processes:
        process.join()
    times = tuple(time_ms for found, _ in answers for time_ms in found)
    statuses = sum((Counter(counted) for _, counted in answers), Counter())
    return Measured(seconds, times, dict(statuses))


def percentile(times: Sequence[float], percent: float) -> float:
    """Of sorted times, the one that ``percent`` of them do not pass."""
    return times[min(len(times) - 1, int(len(times) * percent / 100))]


def _client(
    client: int, port: int, begin: float, end: float, make: Callable, results: multiprocessing.Queue
) -> None:
    times: list[float] = []
    statuses: dict[int, int] = {}
    sent = 0
    while (now := time.monotonic()) < end:
        payload = make(client, sent)
        sent += 1
        started = time.perf_counter()
        status = _exchange(port, payload)
        if now >= begin:
            times.append((time.perf_counter() - started) * 1000)
            statuses[status] = statuses.get(status, 0) + 1
    results.put((times, statuses))


def _exchange(port: int, payload: bytes) -> int:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(payload)
        answer = bytearray()
        while chunk := connection.recv(65536):
            answer += chunk
    return int(answer.split(b" ", 2)[1])
