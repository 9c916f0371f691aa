"""Answers of both forms as the same plain facts, to be set beside each other; it knows the specification only."""

import json
from typing import Any
from xml.etree import ElementTree

import jsonschema
from django.test import Client

BASE = "/polderwijk/open311/v2"
# Lists by their names in XML, with what is in them; all else holds parts by name, or text.
LISTS = {
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


def of_xml(body: bytes) -> tuple[str, Any]:
    """The name of the root, and the facts in it: every value is text, and what is empty is None."""
    root = ElementTree.fromstring(body)
    return root.tag, _of_element(root)


def _of_element(element: ElementTree.Element) -> Any:
    if element.tag in LISTS:
        assert {part.tag for part in element} <= {LISTS[element.tag]}
        return [_of_element(part) for part in element]
    if len(element):
        assert not (element.text or "").strip()
        assert len({part.tag for part in element}) == len(element)
        return {part.tag: _of_element(part) for part in element}
    return element.text or None


def as_text(value: Any) -> Any:
    """Facts of JSON as XML has them."""
    if isinstance(value, dict):
        return {name: as_text(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_text(part) for part in value]
    if value is None or isinstance(value, str):
        return value or None
    return json.dumps(value)


def read(path: str, schema: dict[str, Any], root: str, browser: Client | None = None, **query: Any) -> Any:
    """The facts at an address, which has to give the same in both forms and fit the schema."""
    browser = browser or Client()
    as_json, as_xml = (browser.get(f"{path}.{form}", query) for form in ("json", "xml"))
    assert as_json.status_code == as_xml.status_code == 200, as_json.content
    return same(as_json, as_xml, schema, root)


def same(as_json: Any, as_xml: Any, schema: dict[str, Any], root: str) -> Any:
    """The facts of two answers that have to be the same."""
    assert as_json.headers["Content-Type"] == "application/json; charset=utf-8"
    assert as_xml.headers["Content-Type"] == "text/xml; charset=utf-8"
    facts = json.loads(as_json.content)
    jsonschema.validate(facts, schema)
    assert of_xml(as_xml.content) == (root, as_text(facts))
    return facts
