"""What is told about requests and proposals: mail of the advisers, with links outside any municipality."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_noop as _

from trajecten.enums import RequestStatus
from trajecten.models import Notification, Proposal, TrajectoryRequest
from trajecten.registry import Message, NothingToSay


def _url(name: str, **parts: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, kwargs=parts)}"


def about_request(row: Notification) -> Mapping[str, Any]:
    """A request. Raises ``NothingToSay`` when it is gone."""
    if not isinstance(row.about, TrajectoryRequest):
        raise NothingToSay("the request is gone")
    return _of_request(row.about, row)


def new_request(row: Notification) -> Mapping[str, Any]:
    """A request that waits for an adviser. Raises ``NothingToSay`` when it is gone or somebody took it up."""
    given = about_request(row)
    if given["request"].status != RequestStatus.NEW:
        raise NothingToSay("taken up already")
    return given


def about_proposal(row: Notification) -> Mapping[str, Any]:
    """One version of a proposal. Raises ``NothingToSay`` when it is gone."""
    proposal = row.about
    if not isinstance(proposal, Proposal):
        raise NothingToSay("the proposal is gone")
    return {
        **_of_request(proposal.request, row),
        "proposal": proposal,
        "title": proposal.title,
        "version": proposal.version,
        "valid_until": date_format(proposal.valid_until, "j F Y"),
        "answered_by": proposal.answered_by,
    }


def _of_request(request: TrajectoryRequest, row: Notification) -> dict[str, Any]:
    return {
        "municipality": None,
        "request": request,
        "reference": request.reference,
        "method": request.method.name,
        "place": row.municipality.name,
        "adviser": request.adviser,
        "page_url": _url("proposal", token=request.token),
        "desk_url": _url("advice-request", pk=request.pk),
    }


_CONTACT = _("Contact of a municipality that asked for a trajectory")
_MUNICIPALITY = _("Contact of the request, and the coordinators of the municipality")
_ADVISER = _("Adviser who took up the request")


def _turn(key: str, audience: str, trigger: str, context: Any = about_proposal) -> Message:
    return Message(
        key=f"trajecten.{key}",
        app="trajecten",
        audience=audience,
        trigger=trigger,
        category="proposals",
        context=context,
        in_portal=False,
        from_portal=True,
    )


MESSAGES = (
    _turn("request_received", _CONTACT, _("A request has been received"), about_request),
    _turn("request_new", _("All advisers"), _("A request waits for an adviser"), new_request),
    _turn("request_taken_up", _CONTACT, _("An adviser takes up the request"), about_request),
    _turn("request_declined", _MUNICIPALITY, _("The adviser declines the request"), about_request),
    _turn("request_withdrawn", _ADVISER, _("The municipality does not go on"), about_request),
    _turn("proposal_sent", _MUNICIPALITY, _("The adviser sends a version of the proposal")),
    _turn("proposal_renewed", _MUNICIPALITY, _("The adviser renews the proposal")),
    _turn("proposal_withdrawn", _MUNICIPALITY, _("The adviser withdraws the proposal")),
    _turn("changes_asked", _ADVISER, _("The municipality asks for changes in the proposal")),
    _turn("proposal_accepted", _ADVISER, _("The municipality accepts the proposal")),
    _turn("proposal_confirmed", _MUNICIPALITY, _("The municipality accepts the proposal")),
)
