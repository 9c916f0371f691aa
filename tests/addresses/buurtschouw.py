"""The digitale buurtschouw: reporting, following, answering and planning."""

import uuid

from tests.addresses.row import EVERYBODY, Keys, Row, Things

# What is sent with a form of staff: complete, so that only a refusal keeps it from being done.
ANSWER = {"status": "acknowledged", "version": 1, "message": "Wij gaan kijken."}
WALK = {"title": "Schouw Oostpolder", "service_level_days": 4}
REOPEN = {"step": "preparation", "reason": "Er komt een thema bij."}
PLAN = {**WALK, "adviser": "{adviser}"}
THEME = {"name": "Sloten", "icon": "water", "position": 10, "is_active": "on"}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("buurtschouw:choose", EVERYBODY),
    Row("buurtschouw:reports", EVERYBODY),
    Row("buurtschouw:reports-geojson", EVERYBODY),
    Row("buurtschouw:reports-csv", EVERYBODY),
    Row("buurtschouw:schouw", EVERYBODY, of="schouw"),
    Row("buurtschouw:schouw-ics", EVERYBODY, of="schouw"),
    Row("buurtschouw:report-form", EVERYBODY, of="schouw"),
    Row("buurtschouw:report-form", EVERYBODY, "POST", of="schouw"),
    Row("buurtschouw:intake", EVERYBODY, "POST", of="schouw"),
    Row("buurtschouw:nearby", EVERYBODY, of="schouw", query="?lat=52.51&lon=4.915"),
    Row("buurtschouw:public-report", EVERYBODY, of="report"),
    Row("buurtschouw:support", EVERYBODY, "POST", of="report"),
    Row("buurtschouw:track", EVERYBODY, of="token"),
    Row("buurtschouw:verdict", EVERYBODY, of="verdict"),
    Row("buurtschouw:verdict", EVERYBODY, "POST", of="verdict"),
    Row("buurtschouw:add-photo", EVERYBODY, "PUT", of="token_photo"),
    Row("buurtschouw:queue", "L..+++..+"),
    Row("buurtschouw:queue", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:queue-csv", "L..+++..+"),
    Row("buurtschouw:queue-xlsx", "L..+++..+"),
    Row("buurtschouw:queue-csv", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:queue-xlsx", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:queue-geojson", "L..+++..+"),
    Row("buurtschouw:queue-geojson", "L..++++.+", query="?schouw={schouw}"),
    Row("buurtschouw:report", "L..++++.+", of="report"),
    Row("buurtschouw:answer", "L..++xx.+", of="report"),
    Row("buurtschouw:answer", "L..++xx.+", "POST", of="report", body=ANSWER),
    Row("buurtschouw:assign", "L..++xx.+", of="report"),
    Row("buurtschouw:assign", "L..++xx.+", "POST", of="report", body={"to": "{handler}"}),
    Row("buurtschouw:note", "L..++xx.+", of="report"),
    Row("buurtschouw:note", "L..++xx.+", "POST", of="report", body={"text": "Gebeld."}),
    Row("buurtschouw:moderate", "L..++xx.+", of="report"),
    Row("buurtschouw:moderate", "L..++xx.+", "POST", of="report", body={"moderation": "published"}),
    Row("buurtschouw:place", "L..++xx.+", of="report"),
    Row("buurtschouw:place", "L..++xx.+", "POST", of="placeless", body={"lat": 52.51, "lon": 4.915}),
    Row("buurtschouw:schouwen", "L..+++..+"),
    Row("buurtschouw:schouwen-csv", "L..+++..+"),
    Row("buurtschouw:schouwen-xlsx", "L..+++..+"),
    Row("buurtschouw:schouw-new", "L..x+x..+"),
    Row("buurtschouw:schouw-new", "L..x+x..+", "POST", body=WALK),
    Row("buurtschouw:schouw-edit", "L..++++.+", of="schouw"),
    Row("buurtschouw:schouw-edit", "L..x+x+.+", "POST", of="schouw", body=PLAN),
    Row("buurtschouw:step-close", "L..x+x+.+", of="schouw"),
    Row("buurtschouw:step-close", "L..x+x+.+", "POST", of="schouw", body={"step": "walk"}),
    Row("buurtschouw:step-reopen", "L..x+x+.+", of="schouw"),
    Row("buurtschouw:step-reopen", "L..x+x+.+", "POST", of="schouw", body=REOPEN),
    Row("buurtschouw:categories", "L..x+x..+"),
    Row("buurtschouw:category-new", "L..x+x..+"),
    Row("buurtschouw:category-new", "L..x+x..+", "POST", body=THEME),
    Row("buurtschouw:category-edit", "L..x+x..+", of="category"),
    Row("buurtschouw:category-edit", "L..x+x..+", "POST", of="category", body=THEME),
]
# fmt: on


def keys(things: Things) -> Keys:
    report = things.report
    return {
        "schouw": {"pk": things.schouw.pk},
        "category": {"pk": things.category.pk},
        "report": {"number": report.pk},
        "placeless": {"number": things.placeless.pk},
        "token": {"token": report.token},
        "token_photo": {"token": report.token, "photo": uuid.uuid4()},
        "verdict": {"token": report.token, "round_number": 1, "value": "yes"},
    }
