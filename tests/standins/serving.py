"""What the stand-ins share: serving on this machine, and going wrong in the ways in which servers go wrong."""

import threading
from collections import deque
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """What was asked. ``form`` are the fields of a form of either kind, ``files`` are name, type and content."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes
    type: str
    form: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str, str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class StandIn:
    """Serves on 127.0.0.1 from ``with`` to its end. ``asked`` has every request.

    ``faults`` are used up one by one by the requests that send something: an ``Answer`` is given instead of the real
    one, ``"lost"`` lets the work be done and then hangs up without an answer, ``"deaf"`` hangs up before anything is
    done. ``delay`` is in seconds, before each answer.
    """

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.faults: deque[Answer | str] = deque()
        self.delay = 0.0
        self.lock = threading.Lock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.standin = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

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

    def posts(self, path: str) -> list[Request]:
        """What was sent to this path."""
        return [each for each in self.asked if each.method == "POST" and each.path == path]

    def handle(self, request: Request) -> Answer | None:
        """The answer, or None to hang up."""
        with self.lock:
            self.asked.append(request)
            fault = self.faults.popleft() if request.method == "POST" and self.faults else None
        self._stopping.wait(self.delay)
        if isinstance(fault, Answer):
            return fault
        if fault == "deaf":
            return None
        with self.lock:
            answer = self.answer(request)
        return None if fault == "lost" else answer

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    standin: StandIn

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def _serve(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        type_ = self.headers.get("Content-Type", "")
        form, files = _form(type_, body)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        request = Request(method, parts.path, query, body, type_.partition(";")[0], form, files)
        answer = self.server.standin.handle(request)
        if answer is None:
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def _form(type_: str, body: bytes) -> tuple[dict[str, str], dict[str, tuple[str, str, bytes]]]:
    if type_.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    if not type_.startswith("multipart/form-data"):
        return {}, {}
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {type_}\r\n\r\n".encode() + body)
    fields, files = {}, {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if part.get_filename():
            files[name] = (part.get_filename(), part.get_content_type(), content)
        else:
            fields[name] = content.decode()
    return fields, files
