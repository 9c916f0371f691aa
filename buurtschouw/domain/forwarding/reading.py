"""Reading what other systems write: JSON, and the XML of Open311, into the same plain shapes.

XML is read with what could exhaust us refused. Of a refusal the words are taken, wherever they stand in it.
"""

import json
import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_WORDS = 1000
# What lists of Open311 are called in XML.
LISTS = frozenset({"services", "service_requests", "service_request_updates", "tokens"})


class Unreadable(Exception):
    """This is not what it should be."""


def json_of(body: bytes) -> Any:
    """Raises ``Unreadable``."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def rows(body: bytes, *, is_xml: bool) -> list[dict[str, str]]:
    """The items of an answer of Open311, their values as text; an empty answer has none. Raises ``Unreadable``."""
    if is_xml:
        root = _root(body)
        if _local(root.tag) not in LISTS:
            raise Unreadable
        return [_item(each) for each in root]
    given = json_of(body)
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise Unreadable
    return [{str(name): _text(value) for name, value in each.items()} for each in given]


def _root(body: bytes) -> Element:
    try:
        return fromstring(body)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unreadable from error


def _item(element: Element) -> dict[str, str]:
    return {_local(child.tag): " ".join(child.itertext()).strip() for child in element}


def _local(tag: str) -> str:
    """The name without its namespace, which some systems add."""
    return tag.rpartition("}")[2]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip() if isinstance(value, (str, int, float)) else ""


def words_of(type_: str, body: bytes) -> str:
    """The words of a refusal, in one line; empty for a page of HTML and for what can't be read."""
    try:
        if type_.endswith("xml"):
            found = [" ".join(_root(body).itertext())]
        elif type_.endswith("json"):
            found = list(_strings(json_of(body)))
        elif type_ == "text/plain":
            found = [body.decode("utf-8", errors="replace")]
        else:
            return ""
    except Unreadable:
        return ""
    return cleaned(" ".join(found))[:MOST_WORDS]


def _strings(value: object, name: str = "") -> list[str]:
    """All texts in it; of a form's refusal each with the name of its field before it."""
    if isinstance(value, str):
        return [
            f"{name}: {value}" if name not in ("", "description", "detail", "non_field_errors") else value
        ]
    if isinstance(value, dict):
        return [text for key, each in value.items() for text in _strings(each, str(key))]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each, name)]
    return []


def cleaned(text: str) -> str:
    """In one line, without what is no character to read."""
    return " ".join(re.sub(r"[^\S\n]+|[\x00-\x1f\x7f-\x9f]", " ", text).split())
