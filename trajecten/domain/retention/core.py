"""How long the core keeps its own records."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from trajecten.domain import lookups
from trajecten.enums import NotificationState
from trajecten.models import AbuseReport, Activity, FanOut, Notification, Objection, StaffInvitation
from trajecten.registry import RetentionRule


def _older(rows: QuerySet[Any], began: str, before: datetime) -> QuerySet[Any]:
    """Those whose term began, at the moment in this field, before ``before``: the earliest first."""
    return rows.filter(**{f"{began}__lt": before}).annotate(since=F(began)).order_by(began)


def mails(before: datetime) -> QuerySet[Any]:
    """Mails that were sent, or will not be any more."""
    return _older(Notification.objects.exclude(state=NotificationState.QUEUED), "created_at", before)


def lookups_of(before: datetime) -> QuerySet[Any]:
    """Who looked up personal data: the only part of the log that goes."""
    return _older(Activity.objects.filter(verb=lookups.LOOKED_UP), "at", before)


def abuse_reports(before: datetime) -> QuerySet[Any]:
    """Reports of abuse on which an official decided."""
    return _older(AbuseReport.objects.all(), "handled_at", before)


def open_abuse_reports(before: datetime) -> QuerySet[Any]:
    """Reports of abuse on which nobody decided."""
    return _older(AbuseReport.objects.filter(handled_at__isnull=True), "at", before)


def objections(before: datetime) -> QuerySet[Any]:
    """What authors said against the hiding of their words, that was answered."""
    return _older(Objection.objects.all(), "answered_at", before)


def open_objections(before: datetime) -> QuerySet[Any]:
    """The same, that nobody answered."""
    return _older(Objection.objects.filter(answered_at__isnull=True), "at", before)


def fan_outs(before: datetime) -> QuerySet[Any]:
    """Messages to followers of which every mail was made."""
    return _older(FanOut.objects.all(), "done_at", before)


def invitations(before: datetime) -> QuerySet[Any]:
    """Invitations to work here that nobody answered in time, or that were withdrawn."""
    return _older(StaffInvitation.objects.filter(accepted_at__isnull=True), "expires_at", before)


def delete(rows: Collection[Any]) -> None:
    """Remove these rows, all of one kind."""
    for model in {type(row) for row in rows}:
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()


RULES = (
    RetentionRule(
        "trajecten.mails", _("mails"), _("The whole row: to whom, about what, when"), 180, mails, delete
    ),
    RetentionRule(
        "trajecten.looked_up",
        _("who looked up personal data"),
        _("The whole row in the log"),
        365,
        lookups_of,
        delete,
    ),
    RetentionRule(
        "trajecten.abuse_reports",
        _("reports of abuse that were handled"),
        _("The whole report, with the words and who made it"),
        365,
        abuse_reports,
        delete,
    ),
    RetentionRule(
        "trajecten.abuse_reports_open",
        _("reports of abuse that nobody handled"),
        _("The whole report, with the words and who made it"),
        730,
        open_abuse_reports,
        delete,
    ),
    RetentionRule(
        "trajecten.objections",
        _("answers to who did not agree with hiding"),
        _("What the author wrote, with the answer. The decision stays."),
        365,
        objections,
        delete,
    ),
    RetentionRule(
        "trajecten.objections_open",
        _("what authors wrote about hiding that nobody answered"),
        _("What the author wrote. The decision stays."),
        730,
        open_objections,
        delete,
    ),
    RetentionRule(
        "trajecten.fan_outs",
        _("messages to followers"),
        _("That a message had to go to followers; the mails have a term of their own"),
        180,
        fan_outs,
        delete,
    ),
    RetentionRule(
        "trajecten.invitations",
        _("invitations of officials that were not answered"),
        _("The whole invitation"),
        90,
        invitations,
        delete,
    ),
)
