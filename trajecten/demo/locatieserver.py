"""A stand-in for the PDOK Locatieserver that knows the addresses of the made-up town, for demo and tests.

It answers in the same JSON and refuses what the real one refuses, so that a mistake in the client shows here.
What the real one can do and this one can't (``sort``, ``bq``, other types than adres) is refused as well.
"""

import json
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from trajecten.demo.address_index import AddressIndex, Refused
from trajecten.demo.town import Door, addresses

PATH = "/bzk/locatieserver/search/v3_1/"


class Locatieserver:
    """Serves on 127.0.0.1 from ``with`` to its end; port 0 takes a free one.

    ``delay`` (seconds before each answer) and ``fail`` (every answer a 503) may be changed while it serves;
    ``asked`` holds the service and parameters of every request.
    """

    def __init__(
        self, doors: Iterable[Door] | None = None, *, port: int = 0, delay: float = 0.0, fail: bool = False
    ) -> None:
        self.index = AddressIndex(addresses() if doors is None else doors)
        self.delay = delay
        self.fail = fail
        self.asked: list[tuple[str, list[tuple[str, str]]]] = []
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.standin = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """What settings.GEOCODER_URL must be."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{PATH}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, target: str) -> tuple[int, dict[str, Any]]:
        """Status and body for the path and query of a request."""
        parts = urlsplit(target)
        service = parts.path.removeprefix(PATH)
        parameters = parse_qsl(parts.query, keep_blank_values=True)
        self.asked.append((service, parameters))
        self._stopping.wait(self.delay)
        if self.fail:
            return 503, {"message": "Service unavailable"}
        if service not in self.index.services or not parts.path.startswith(PATH):
            return 404, {"message": "Not found"}
        try:
            return 200, self.index.services[service](parameters)
        except Refused as refused:
            return 400, {"message": str(refused)}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    standin: Locatieserver

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that stopped waiting is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        status, content = self.server.standin.answer(self.path)
        body = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing: what people search for is theirs."""
