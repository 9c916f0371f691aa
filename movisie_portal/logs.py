"""What may not stand in a log line is masked here, whoever wrote the line."""

import re
from collections.abc import MutableMapping
from typing import Any

# Who has the tracking link of a report reads it; who has the link to stop mails stops them.
_LINKS = re.compile(r"(/(?:volg|geen-mail)/)[^/\s'\"?]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_QUERY = re.compile(r"\?[^\s'\"]*")


def mask(text: str) -> str:
    """Return ``text`` without the tokens of secret links, mail addresses and query strings."""
    if "/" in text:
        text = _LINKS.sub(r"\1…", text)
    if "@" in text:
        text = _ADDRESS.sub("…@…", text)
    return _QUERY.sub("?…", text) if "?" in text else text


def mask_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: mask every string of the event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = mask(value)
    return event
