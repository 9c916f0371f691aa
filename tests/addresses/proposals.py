"""A municipality asks, an adviser proposes; with the secret link one reads, coordinators answer."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.proposals import (
    ProposalFactory,
    ProposalLineFactory,
    ProposalSessionFactory,
    TrajectoryRequestFactory,
)
from trajecten.enums import RequestStatus

CONCEPT = {
    "title": "Buurtschouw",
    "valid_until": "2099-01-01",
    **{
        f"{rows}-{count}_FORMS": 0
        for rows in ("sessions", "duties", "lines")
        for count in ("TOTAL", "INITIAL")
    },
}
REASON = {"reason": "Te duur."}

# fmt: off
PORTAL: list[Row] = [
    Row("request", EVERYBODY, of="method"),
    Row("request", EVERYBODY, "POST", of="method"),
    Row("proposal", EVERYBODY, of="secret"),
    Row("proposal-pdf", EVERYBODY, of="secret"),
    Row("proposal-accept", EVERYBODY, of="secret"),
    Row("proposal-accept", "xxxx+xxxx", "POST", of="secret", body={"version": 1, "name": "B. Leid"}),
    Row("proposal-changes", EVERYBODY, of="secret"),
    Row("proposal-changes", "xxxx+xxxx", "POST", of="secret", body={"version": 1, "wanted": "Minder."}),
    Row("proposal-decline", EVERYBODY, of="secret"),
    Row("proposal-decline", "xxxx+xxxx", "POST", of="secret", body=REASON),
    Row("advice-requests", "L.....++."),
    Row("advice-requests-csv", "L.....++."),
    Row("advice-requests-xlsx", "L.....++."),
    Row("advice-request", "L.....++.", of="new_request"),
    Row("advice-request", "L.....+..", of="asked"),
    Row("advice-take-up", "L.....++.", of="new_request"),
    Row("advice-take-up", "L.....++.", "POST", of="new_request"),
    Row("advice-hand-back", "L.....+..", of="asked"),
    Row("advice-hand-back", "L.....+..", "POST", of="asked"),
    Row("advice-decline", "L.....+..", of="asked"),
    Row("advice-decline", "L.....+..", "POST", of="asked", body=REASON),
    Row("advice-draft", "L.....+..", of="asked"),
    Row("advice-draft", "L.....+..", "POST", of="asked"),
    Row("advice-proposal", "L.....+..", of="concept"),
    Row("advice-proposal", "L.....+..", "POST", of="concept", body=CONCEPT),
    Row("advice-proposal-pdf", "L.....+..", of="concept"),
    Row("advice-renew", "L.....+..", of="sent"),
    Row("advice-renew", "L.....+..", "POST", of="sent", body={"valid_until": "2099-01-01"}),
    Row("advice-withdraw", "L.....+..", of="sent"),
    Row("advice-withdraw", "L.....+..", "POST", of="sent", body=REASON),
]
MUNICIPALITY: list[Row] = [
    Row("staff-requests", "L..x+x..+"),
    Row("staff-requests-csv", "L..x+x..+"),
    Row("staff-requests-xlsx", "L..x+x..+"),
]
# fmt: on


def keys(things: Things) -> Keys:
    """A request nobody took up, a concept, and a proposal that waits for an answer."""
    concept = ProposalFactory(request__adviser=things.adviser)
    sent = ProposalFactory(request__adviser=things.adviser, request__status=RequestStatus.PROPOSED, sent=True)
    for proposal in (concept, sent):
        ProposalLineFactory(proposal=proposal)
        ProposalSessionFactory(proposal=proposal)
    return {
        "method": {"method": things.trajectory.method_key},
        "new_request": {"pk": TrajectoryRequestFactory().pk},
        "asked": {"pk": concept.request_id},
        "concept": {"pk": concept.pk},
        "sent": {"pk": sent.pk},
        "secret": {"token": sent.request.token},
    }
