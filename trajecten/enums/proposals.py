"""Requests for a trajectory, and the proposals that answer them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestStatus(models.TextChoices):
    """Where a municipality's request for a trajectory is; see ``REQUEST_TRANSITIONS``.

    Declined is by the adviser, withdrawn by the municipality itself.
    """

    NEW = "new", _("new")
    TAKEN_UP = "taken_up", _("taken up")
    PROPOSED = "proposed", _("proposal sent")
    CHANGES_ASKED = "changes_asked", _("changes asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


REQUEST_TRANSITIONS: dict[str, frozenset[str]] = {
    RequestStatus.NEW: frozenset({"taken_up", "declined", "withdrawn"}),
    RequestStatus.TAKEN_UP: frozenset({"new", "proposed", "declined", "withdrawn"}),
    RequestStatus.PROPOSED: frozenset(
        {"taken_up", "proposed", "changes_asked", "accepted", "declined", "withdrawn"}
    ),
    RequestStatus.CHANGES_ASKED: frozenset({"taken_up", "proposed", "declined", "withdrawn"}),
    RequestStatus.ACCEPTED: frozenset(),
    RequestStatus.DECLINED: frozenset(),
    RequestStatus.WITHDRAWN: frozenset(),
}


class ProposalStatus(models.TextChoices):
    """Where one version of a proposal is; see ``PROPOSAL_TRANSITIONS``. Once sent, its words stay as they are."""

    CONCEPT = "concept", _("concept")
    SENT = "sent", _("sent")
    CHANGES_ASKED = "changes_asked", _("changes asked")
    ACCEPTED = "accepted", _("accepted")
    REPLACED = "replaced", _("replaced by a newer version")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DECLINED = "declined", _("not accepted")


PROPOSAL_TRANSITIONS: dict[str, frozenset[str]] = {
    ProposalStatus.CONCEPT: frozenset({"sent"}),
    ProposalStatus.SENT: frozenset({"changes_asked", "accepted", "replaced", "withdrawn", "declined"}),
    ProposalStatus.CHANGES_ASKED: frozenset({"replaced", "withdrawn", "declined"}),
    ProposalStatus.ACCEPTED: frozenset(),
    ProposalStatus.REPLACED: frozenset(),
    ProposalStatus.WITHDRAWN: frozenset(),
    ProposalStatus.DECLINED: frozenset(),
}


class VatRate(models.IntegerChoices):
    """The rates of Dutch VAT (btw), in percents."""

    HIGH = 21, _("21%")
    LOW = 9, _("9%")
    NONE = 0, _("0%")
