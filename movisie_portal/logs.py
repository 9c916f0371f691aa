"""What may not stand in a log line is masked here, whoever wrote the line."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

# Secret links: who has one follows a report, chooses mails, takes part, reads a proposal or a calendar, or answers.
_BEFORE_THEM = "volg|geen-mail|voorkeuren|deelname|u|voorstel|agenda|antwoord|oordeel|niet-eens|lopen"
_LINKS = re.compile(rf"(/(?:{_BEFORE_THEM})/)[^/\s'\"?]+")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"'=/][^\s@<>()\[\],;:\"=/]{0,250}(?:@|%40)[\w-]+(?:\.[\w-]+)+")
_QUERY = re.compile(r"\?[^\s'\"]*")
# What PostgreSQL adds to a refusal: values of the row, and a piece of the statement with more of them.
_VALUES = re.compile(
    r"\b(DETAIL|CONTEXT|QUERY|LINE \d+):.*?(?=\n\nThe above exception|\n\nDuring handling|\Z)", re.DOTALL
)
_SECRET_KEYS = frozenset(["email", "token"])


def mask(text: str) -> str:
    """Return ``text`` without the tokens of secret links, mail addresses, query strings and values of rows."""
    text = _VALUES.sub(r"\1: …", text)
    if "/" in text:
        text = _LINKS.sub(r"\1…", text)
    if "@" in text or "%40" in text:
        text = _ADDRESS.sub("…@…", text)
    return _QUERY.sub("?…", text) if "?" in text else text


def mask_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: mask every string of the event, for whatever handler comes next."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = mask(value)
    return event


def mask_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor, right before the line is written: mask all that will stand in it, at any depth.

    By then a traceback is text, and so is made here whatever JSON does not know.
    """
    return {key: _masked(value, key) for key, value in event.items()}


def _masked(value: Any, key: object = "") -> Any:
    if key in _SECRET_KEYS and value:
        return "…"
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {mask(str(name)): _masked(part, name) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(part) for part in value]
    return mask(value if isinstance(value, str) else repr(value))
