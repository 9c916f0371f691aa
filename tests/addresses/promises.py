"""Promises: for everybody, and for who keeps them."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.core import CommitmentFactory, CommitmentUpdateFactory
from trajecten.domain.promises import judging

PROMISED = {"text": "Wij leggen een zebrapad aan.", "deadline": "{tomorrow}"}
PROMISE = {**PROMISED, "who": "official", "owner": "{handler}", "trajectory": "{trajectory}"}
CHANGED = {**PROMISED, "who": "official", "owner": "{handler}", "version": 1, "reason": "Vorst."}
PROGRESS = {"version": 1, "key": "0b2ac9d0-3c3e-4d0e-9a5f-0a1a4c1d7c11", "words": "De verf is besteld."}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    Row("promises", EVERYBODY),
    Row("promise", EVERYBODY, of="promise"),
    Row("promises-csv", EVERYBODY),
    Row("promises-json", EVERYBODY),
    Row("promises-rss", EVERYBODY),
    Row("promises-widget", EVERYBODY),
    Row("promise-mine", EVERYBODY, of="judge"),
    Row("promise-verdict", EVERYBODY, of="judgement"),
    Row("promise-verdict", EVERYBODY, "POST", of="judgement"),
    Row("promise-keep", "L........", of="promise"),
    Row("promise-keep", "L........", "POST", of="promise", body=PROGRESS),
    Row("promise-keep-name", "L........", of="promise"),
    Row("promise-keep-name", "L........", "POST", of="promise"),
    Row("staff-promises", "L..+++..+"),
    Row("staff-promises", "L..++++.+", query="?trajectory={trajectory}"),
    Row("staff-promises-csv", "L..+++..+"),
    Row("staff-promises-xlsx", "L..+++..+"),
    Row("staff-promises-csv", "L..++++.+", query="?trajectory={trajectory}"),
    Row("staff-promises-xlsx", "L..++++.+", query="?trajectory={trajectory}"),
    Row("staff-promise-new", "L..++x..+"),
    Row("staff-promise-new", "L..++x..+", "POST", body=PROMISE),
    Row("staff-promise", "L..++++.+", of="promise"),
    Row("staff-promise-progress", "L..++xx.+", of="promise"),
    Row("staff-promise-progress", "L..++xx.+", "POST", of="promise", body=PROGRESS),
    Row("staff-promise-open", "L..++xx.+", of="told"),
    Row("staff-promise-open", "L..++xx.+", "POST", of="told", body={"until": 10**9}),
    Row("staff-promise-change", "L..++xx.+", of="promise"),
    Row("staff-promise-change", "L..++xx.+", "POST", of="promise", body=CHANGED),
    Row("staff-promise-origin", "L..++xx.+", of="promise"),
    Row("staff-promise-origin", "L..++xx.+", "POST", of="promise", body={"origin": "{origin}"}),
]
# fmt: on


def keys(things: Things) -> Keys:
    promise = CommitmentFactory(trajectory=things.trajectory)
    told = CommitmentFactory(trajectory=things.trajectory, owner=None, owner_participant=things.supporter)
    CommitmentUpdateFactory(commitment=told, told_by_resident=True)
    judge = judging.token(commitment=promise, participant=things.supporter)
    return {
        "promise": {"pk": promise.pk},
        "told": {"pk": told.pk},
        "judge": {"token": judge},
        "judgement": {"token": judge, "round_number": 1, "value": "yes"},
    }
