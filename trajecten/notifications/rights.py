"""What is told about moderation, objections, abuse, and invitations to officials."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from trajecten import registry
from trajecten.domain.moderation import deciding, objecting
from trajecten.enums import Moderation, Role
from trajecten.models import (
    AbuseReport,
    ModerationDecision,
    Notification,
    Objection,
    StaffInvitation,
)
from trajecten.registry import Message, NothingToSay


def _loaded(target: Any) -> tuple[registry.ContributionKind, Any]:
    """The contribution with all that its titles and addresses need. Raises ``NothingToSay`` when it is gone."""
    if target is None:
        raise NothingToSay("the contribution is gone")
    kind = registry.contribution_kind(type(target))
    return kind, kind.load([target.pk])[target.pk]


def _of_author(row: Notification, decision: ModerationDecision) -> dict[str, Any]:
    kind, contribution = _loaded(decision.target)
    return {
        "decision": decision,
        "title": kind.title(contribution),
        "own_url": f"{settings.BASE_URL}{kind.own_url(contribution)}",
        "objection_url": objecting.url(contribution, row.municipality),
    }


def hidden(row: Notification) -> Mapping[str, Any]:
    """Why others can't read it. Raises ``NothingToSay`` when the decision was overtaken."""
    decision = row.about
    if not isinstance(decision, ModerationDecision) or decision.target is None:
        raise NothingToSay("the decision is gone")
    if decision.target.moderation != Moderation.HIDDEN:
        raise NothingToSay("public again")
    return {**_of_author(row, decision), "reason": deciding.SENTENCES[decision.reason]}


def restored(row: Notification) -> Mapping[str, Any]:
    """That others can read it again. Raises ``NothingToSay`` when it was hidden once more."""
    decision = row.about
    if not isinstance(decision, ModerationDecision) or decision.target is None:
        raise NothingToSay("the decision is gone")
    if decision.target.moderation != Moderation.PUBLISHED:
        raise NothingToSay("hidden again")
    return _of_author(row, decision)


def objection_made(row: Notification) -> Mapping[str, Any]:
    """For the coordinator. Raises ``NothingToSay`` when it is gone or answered."""
    objection = row.about
    if not isinstance(objection, Objection) or objection.answered_at:
        raise NothingToSay("answered already")
    kind, contribution = _loaded(objection.decision.target)
    parts = {
        "gemeente": row.municipality.slug,
        "kind": contribution._meta.label_lower,
        "pk": contribution.pk,
    }
    return {
        "objection": objection,
        "title": kind.title(contribution),
        "item_url": f"{settings.BASE_URL}{reverse('moderation-item', kwargs=parts)}",
    }


def objection_answered(row: Notification) -> Mapping[str, Any]:
    """The coordinator's answer. Raises ``NothingToSay`` when the objection is gone."""
    if not isinstance(row.about, Objection):
        raise NothingToSay("the objection is gone")
    return {**_of_author(row, row.about.decision), "objection": row.about}


def abuse_handled(row: Notification) -> Mapping[str, Any]:
    """What became of a report of abuse. Raises ``NothingToSay`` when it is gone."""
    if not isinstance(row.about, AbuseReport):
        raise NothingToSay("the report is gone")
    kind, contribution = _loaded(row.about.target)
    return {
        "title": kind.public_title(contribution),
        "public_url": f"{settings.BASE_URL}{kind.public_url(contribution)}",
        "is_hidden": row.context.get("outcome") == Moderation.HIDDEN,
    }


MODERATION_MESSAGES = (
    Message(
        key="trajecten.contribution_hidden",
        app="trajecten",
        audience=_("Author"),
        trigger=_("An official hides what they said"),
        category="moderation",
        context=hidden,
        target="own_url",
    ),
    Message(
        key="trajecten.contribution_restored",
        app="trajecten",
        audience=_("Author"),
        trigger=_("What they said is public again"),
        category="moderation",
        context=restored,
        target="own_url",
    ),
    Message(
        key="trajecten.objection_made",
        app="trajecten",
        audience=_("Coordinator"),
        trigger=_("An author does not agree that something is hidden"),
        category="staff",
        context=objection_made,
        target="item_url",
    ),
    Message(
        key="trajecten.objection_answered",
        app="trajecten",
        audience=_("Author"),
        trigger=_("A coordinator answers that they do not agree"),
        category="moderation",
        context=objection_answered,
        target="own_url",
    ),
    Message(
        key="trajecten.abuse_handled",
        app="trajecten",
        audience=_("Who reported abuse and left an address"),
        trigger=_("An official decides on what was reported"),
        category="moderation",
        context=abuse_handled,
        target="public_url",
    ),
)


def staff_invited(row: Notification) -> Mapping[str, Any]:
    """For who is invited. Raises ``NothingToSay`` when it was withdrawn, accepted, or its time is over."""
    invitation = row.about
    if not isinstance(invitation, StaffInvitation) or invitation.withdrawn_at or invitation.accepted_at:
        raise NothingToSay("not open any more")
    if invitation.expires_at < timezone.now():
        raise NothingToSay("too late")
    return {
        "invitation": invitation,
        "role": Role(invitation.role).label,
        "sign_in_url": f"{settings.BASE_URL}{reverse('account_login')}",
    }


STAFF_MESSAGES = (
    Message(
        key="trajecten.staff_invited",
        app="trajecten",
        audience=_("Who is invited to work for the municipality"),
        trigger=_("A coordinator invites an official"),
        category="staff",
        context=staff_invited,
        target="sign_in_url",
    ),
)

MESSAGES = (*MODERATION_MESSAGES, *STAFF_MESSAGES)
