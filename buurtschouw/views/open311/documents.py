"""What is answered, once as facts and then as XML or JSON.

JSON follows the Spark convention: a list is a bare array, what is empty is null. Both have the same texts: what XML
can't hold is left out of JSON too.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

CONTENT_TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}

# What an entry of a list is called in XML, by the name of the list.
ENTRIES = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "notes": "note",
    "service_request_updates": "request_update",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Document:
    """An answer: the name of its root in XML, and what is in it."""

    root: str
    content: Mapping[str, Any] | list[dict[str, Any]]


def written(document: Document, form: str) -> bytes:
    """The document as ``form`` (xml or json), in UTF-8."""
    content = _clean(document.content)
    if form == "json":
        return json.dumps(content, ensure_ascii=False).encode()
    root = _element(document.root, content)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _clean(value: Any) -> Any:
    """Texts with one kind of line end, and without what XML can't hold."""
    if isinstance(value, Mapping):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, str):
        return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value.replace("\r\n", "\n").replace("\r", "\n"))
    return value


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(part, content) for part, content in value.items())
    elif isinstance(value, list):
        element.extend(_element(ENTRIES[name], entry) for entry in value)
    elif value is not None:
        element.text = str(value).lower() if isinstance(value, bool) else str(value)
    return element
