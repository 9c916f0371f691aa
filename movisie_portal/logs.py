"""What may not stand in a log line is masked here, whoever wrote the line."""

import re
from collections.abc import MutableMapping
from typing import Any

# The tracking link of a reporter is a secret: who has it, reads the report.
_TRACKING = re.compile(r"(/volg/)[^/\s'\"?]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_QUERY = re.compile(r"\?[^\s'\"]*")


def mask(text: str) -> str:
    """Return ``text`` without tracking tokens, mail addresses and query strings."""
    return _QUERY.sub("?…", _ADDRESS.sub("…@…", _TRACKING.sub(r"\1…", text)))


def mask_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: mask every string of the event."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = mask(value)
    return event
