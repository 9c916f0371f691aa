"""What the buurtschouw keeps of who joins an idea, and for how long.

Who joins is known as long as the idea lives, and a year after the municipality finished with it. An address that was
typed and never confirmed goes after a month.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.domain.ideas import power
from buurtschouw.enums import CLOSED
from buurtschouw.models import Joining, PullerMessage
from trajecten.domain.my_data import erasing
from trajecten.domain.my_data.telling import moment
from trajecten.models import Participant
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule


def joinings(participant: Participant) -> Iterator[Kept]:
    """Which ideas somebody joins or pulls, with what they offered."""
    rows = Joining.objects.filter(participant=participant).select_related("report__category", "report__area")
    for row in rows.defer("report__area__geometry", "report__search").order_by("pk"):
        yield Kept(
            row.report.public_title,
            (
                Fact("number", _("Number of the idea"), row.report_id),
                Fact("role", _("As"), row.get_role_display()),
                Fact("hours", _("Hours a month"), row.hours),
                Fact("can_do", _("What you can do"), row.can_do),
                Fact("is_named", _("Others may see your name"), row.is_named),
                Fact("asked_at", _("Asked at"), moment(row.asked_at)),
                Fact("confirmed_at", _("Since"), moment(row.confirmed_at)),
                Fact("pulls_since", _("You pull it since"), moment(row.pulls_since)),
            ),
        )


def erase_joinings(participant: Participant, words: str) -> None:
    """Whose data are erased joins nothing any more; the ideas are counted anew."""
    power.forget_joinings(Joining.objects.filter(participant=participant))


def messages(participant: Participant) -> Iterator[Kept]:
    """What somebody wrote to who joins an idea that they pull."""
    rows = PullerMessage.objects.filter(by=participant).select_related("report__category", "report__area")
    for row in rows.defer("report__area__geometry", "report__search").order_by("pk"):
        facts = (Fact("text", _("Your words"), row.text), Fact("at", _("Sent"), moment(row.at)))
        yield Kept(row.report.public_title, facts)


def erase_messages(participant: Participant, words: str) -> None:
    """They were mailed when they were written; here they go."""
    PullerMessage.objects.filter(by=participant).delete()


PARTS = (
    PersonalData(
        "buurtschouw.joinings", gettext_lazy("Ideas that you join"), ("joinings",), joinings, erase_joinings
    ),
    PersonalData(
        "buurtschouw.puller_messages",
        gettext_lazy("What you wrote to who joins your idea"),
        ("puller_messages",),
        messages,
        erase_messages,
    ),
)


def joiners(before: datetime) -> QuerySet[Any]:
    """Who, without an account, joined ideas that the municipality finished with."""
    of_closed = Joining.objects.filter(report__status__in=sorted(CLOSED), report__closed_at__lt=before)
    of_guests = of_closed.filter(participant__user__isnull=True)
    return of_guests.annotate(since=F("report__closed_at")).order_by("report__closed_at", "pk")


def unconfirmed(before: datetime) -> QuerySet[Any]:
    """Addresses that were typed to join an idea and never confirmed it."""
    asked = Joining.objects.filter(confirmed_at__isnull=True, asked_at__lt=before)
    return asked.annotate(since=F("asked_at")).order_by("asked_at")


def forget(rows: Collection[Any]) -> None:
    """The whole row, and who it was when nothing else is known of them."""
    guests = [row.participant_id for row in rows if row.participant_id]
    power.forget_joinings(Joining.objects.filter(pk__in=[row.pk for row in rows]))
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def old_messages(before: datetime) -> QuerySet[Any]:
    """What who pulls an idea wrote to who joins it."""
    return PullerMessage.objects.filter(at__lt=before).annotate(since=F("at")).order_by("at")


def remove_messages(rows: Collection[Any]) -> None:
    """The whole row."""
    PullerMessage.objects.filter(pk__in=[row.pk for row in rows]).delete()


RULES = (
    RetentionRule(
        "buurtschouw.joiners",
        gettext_lazy("who joined a finished idea, without account"),
        gettext_lazy("Name and mail address, the hours and what somebody could do. The idea stays."),
        365,
        joiners,
        forget,
    ),
    RetentionRule(
        "buurtschouw.joinings_unconfirmed",
        gettext_lazy("mail addresses that did not confirm that they join an idea"),
        gettext_lazy("The whole row, and the mail address when nothing else is known of it"),
        30,
        unconfirmed,
        forget,
    ),
    RetentionRule(
        "buurtschouw.puller_messages",
        gettext_lazy("messages to who joins an idea"),
        gettext_lazy("The whole message"),
        365,
        old_messages,
        remove_messages,
    ),
)
