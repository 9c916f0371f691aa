"""A small client of Open311 GeoReport v2, written from the specification alone.

    python client.py DISCOVERY API_KEY FORMAT LAT LONG WORDS

DISCOVERY is the address of discovery.xml or discovery.json, FORMAT is xml or json. It finds the endpoint, chooses the
first service that asks something, answers all that is asked, sends a request twice as after a lost answer, and follows
it. With an update of its own it closes the request. What it found is printed as JSON. Standard library only.
"""

import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
TYPES = {"xml": "text/xml", "json": "application/json"}
TRIES, PAUSE = 5, 2.0


class Refused(Exception):
    """The server answered with errors: its HTTP status, and (code, description) of each."""

    def __init__(self, status, errors):
        super().__init__(f"{status}: {errors}")
        self.status, self.errors = status, errors


def ask(url, form, data=None, headers=None):
    """The answer as an element of XML or as JSON."""
    body = urllib.parse.urlencode(data).encode() if data is not None else None
    request = urllib.request.Request(url, body, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return parse(answer.read(), answer.headers, form)
    except urllib.error.HTTPError as error:
        with error:
            found = parse(error.read(), error.headers, form)
        raise Refused(
            error.code, [(each["code"], each["description"]) for each in rows(found, "error")]
        ) from error


def parse(body, headers, form):
    if headers.get_content_type() != TYPES[form]:
        raise ValueError(f"{headers.get_content_type()} is not {form}")
    return ElementTree.fromstring(body) if form == "xml" else json.loads(body)


def rows(found, name):
    """The records in a list: elements of this name, or the entries of an array."""
    if isinstance(found, list):
        return found
    return [fields(element) for element in found.iter(name)]


def fields(element):
    """The parts of an element that are text, by name."""
    return {part.tag: part.text for part in element if not len(part)}


def is_true(value):
    return value is True or value == "true"


class Endpoint:
    """One server, in one form."""

    def __init__(self, discovery, key, form):
        self.key, self.form = key, form
        found = ask(discovery, form)
        if form == "xml":
            offered = [
                {**fields(each), "formats": [format_.text for format_ in each.iter("format")]}
                for each in found.iter("endpoint")
            ]
        else:
            offered = found["endpoints"]
        fitting = [
            each
            for each in offered
            if each["specification"] == SPECIFICATION and TYPES[form] in each["formats"]
        ]
        self.url = fitting[0]["url"].rstrip("/")

    def get(self, path, **query):
        return ask(f"{self.url}/{path}.{self.form}?{urllib.parse.urlencode(query)}", self.form)

    def post(self, path, data, **headers):
        return ask(f"{self.url}/{path}.{self.form}", self.form, [("api_key", self.key), *data], headers)

    def services(self):
        return rows(self.get("services"), "service")

    def attributes(self, code):
        """What a service asks, each with its choices."""
        found = self.get(f"services/{code}")
        if self.form == "json":
            return found["attributes"]
        return [
            {**fields(each), "values": [fields(value) for value in each.iter("value")]}
            for each in found.iter("attribute")
        ]

    def number_of(self, made):
        """The number of a request that was just made; with a token it is asked for some times."""
        (first,) = rows(made, "request")
        if first.get("service_request_id"):
            return first["service_request_id"]
        for _try in range(TRIES):
            time.sleep(PAUSE)
            (found,) = rows(self.get(f"tokens/{first['token']}"), "request")
            if found.get("service_request_id"):
                return found["service_request_id"]
        raise TimeoutError("no number came for the token")


def answers(attributes):
    """Something for all that is asked, in the form that it is asked in."""
    samples = {"number": "3", "datetime": "2026-11-20T08:00:00Z"}
    for asked in attributes:
        if not is_true(asked["variable"]):
            continue
        name = f"attribute[{asked['code']}]"
        if asked["datatype"] == "multivaluelist":
            yield from ((f"{name}[]", value["key"]) for value in asked["values"])
        elif asked["datatype"] == "singlevaluelist":
            yield name, asked["values"][0]["key"]
        else:
            yield name, samples.get(asked["datatype"], "mast 42")


def walk(discovery, key, form, lat, long, words):
    """The whole way, and what was found on it."""
    server = Endpoint(discovery, key, form)
    services = server.services()
    service = next(each for each in services if is_true(each["metadata"]))
    attributes = server.attributes(service["service_code"])
    sent = [
        ("service_code", service["service_code"]),
        ("lat", lat),
        ("long", long),
        ("description", words),
        *answers(attributes),
    ]
    token = str(uuid.uuid4())
    number = server.number_of(server.post("requests", sent, **{"Idempotency-Key": token}))
    again = server.number_of(server.post("requests", sent, **{"Idempotency-Key": token}))
    (by_token,) = rows(server.get(f"tokens/{token}"), "request")
    try:
        server.post("requests", sent[1:])
        refusal = None
    except Refused as refused:
        refusal = [refused.status, [int(code) for code, _words in refused.errors]]
    listed = rows(server.get("requests", status="open", service_code=service["service_code"]), "request")
    now = datetime.now(UTC)
    update = [
        ("service_request_id", number),
        ("update_id", token),
        ("updated_datetime", now.isoformat()),
        ("status", "FIXED"),
        ("description", "Gemaakt."),
    ]
    (made,) = rows(server.post("servicerequestupdates", update), "request_update")
    (request,) = rows(server.get(f"requests/{number}"), "request")
    since = (now - timedelta(hours=2)).isoformat()
    told = rows(server.get("servicerequestupdates", start_date=since), "request_update")
    (heard,) = [each for each in told if each["update_id"] == made["update_id"]]
    return {
        "services": len(services),
        "asked": [asked["code"] for asked in attributes],
        "number": number,
        "is_same": number == again == by_token["service_request_id"],
        "is_listed": number in [each["service_request_id"] for each in listed],
        "refusal": refusal,
        "status": request["status"],
        "place": [float(request["lat"]), float(request["long"])],
        "update": [heard["service_request_id"], heard["status"]],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(walk(*sys.argv[1:])))
