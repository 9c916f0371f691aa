"""JSON schemas of the answers of GeoReport v2, written from the specification and not from the portal's code.

An answer of XML is checked against the same, after ``facts.of_xml``: there every value is text.
"""

from typing import Any

TEXT = {"type": "string", "minLength": 1}
MAYBE = {"type": ["string", "null"], "minLength": 1}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$"}
MAYBE_MOMENT = {"anyOf": [MOMENT, {"type": "null"}]}
DEGREES = {"type": ["number", "null"]}
DATATYPES = ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
UPDATE_STATUSES = [
    *["open", "closed", "fixed", "in_progress", "planned", "action_scheduled", "investigating", "duplicate"],
    *["not_councils_responsibility", "no_further_action", "internal_referral", "cancelled", "reopen"],
    *["for_triage", "unchanged"],
]


def record(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """An object with these parts and no others."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def several(of: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": of, **more}


DISCOVERY = record(
    {
        "changeset": MOMENT,
        "contact": TEXT,
        "key_service": TEXT,
        "endpoints": several(
            record(
                {
                    "specification": {"const": "http://wiki.open311.org/GeoReport_v2"},
                    "url": {"type": "string", "pattern": "^https?://.*[^/]$"},
                    "changeset": MOMENT,
                    "type": {"enum": ["production", "test"]},
                    "formats": several({"enum": ["text/xml", "application/json"]}, minItems=1),
                }
            ),
            minItems=1,
        ),
    },
    jurisdiction_id=TEXT,
)
SERVICES = several(
    record(
        {
            "service_code": TEXT,
            "service_name": TEXT,
            "description": MAYBE,
            "metadata": {"enum": [True, False]},
            "type": {"enum": ["realtime", "batch", "blackbox"]},
            "keywords": MAYBE,
            "group": MAYBE,
        }
    )
)
DEFINITION = record(
    {
        "service_code": TEXT,
        "attributes": several(
            record(
                {
                    "variable": {"enum": [True, False]},
                    "code": TEXT,
                    "datatype": {"enum": DATATYPES},
                    "required": {"enum": [True, False]},
                    "datatype_description": MAYBE,
                    "order": {"type": "integer", "minimum": 1},
                    "description": TEXT,
                    "values": several(record({"key": TEXT, "name": TEXT})),
                }
            )
        ),
    }
)
REQUEST = {
    "service_request_id": TEXT,
    "status": {"enum": ["open", "closed"]},
    "status_notes": MAYBE,
    "service_name": TEXT,
    "service_code": TEXT,
    "description": MAYBE,
    "agency_responsible": MAYBE,
    "service_notice": MAYBE,
    "requested_datetime": MOMENT,
    "updated_datetime": MOMENT,
    "expected_datetime": MAYBE_MOMENT,
    "address": MAYBE,
    "address_id": MAYBE,
    "zipcode": MAYBE,
    "lat": DEGREES,
    "long": DEGREES,
    "media_url": {"type": ["string", "null"], "pattern": "^https?://"},
}
REQUESTS = several(record(REQUEST))
EXTENDED = several(
    record(
        {
            **REQUEST,
            "extended_attributes": {"type": "object"},
            "notes": several(record({"datetime": MOMENT, "summary": TEXT, "description": MAYBE})),
        }
    )
)
# Of a new request: its number or a token, never both.
MADE = several(
    {
        "oneOf": [
            record({number: TEXT}, service_notice=MAYBE, account_id=MAYBE)
            for number in ("service_request_id", "token")
        ]
    },
    minItems=1,
    maxItems=1,
)
TOKEN = several(record({"service_request_id": TEXT, "token": TEXT}), minItems=1, maxItems=1)
UPDATES = several(
    record(
        {
            "update_id": TEXT,
            "service_request_id": TEXT,
            "status": {"enum": UPDATE_STATUSES},
            "updated_datetime": MOMENT,
            "description": MAYBE,
            "media_url": MAYBE,
        },
        external_status_code=TEXT,
        customer_reference=TEXT,
        fixmystreet_id=TEXT,
        extras={"type": "object"},
    )
)
UPDATE_MADE = several(record({"update_id": TEXT}), minItems=1, maxItems=1)
ERRORS = several(record({"code": {"type": "integer"}, "description": TEXT}), minItems=1)
