"""What is kept of who makes an alternative budget, and for how long.

A finished one goes on counting as nobody's. An address that was typed and never confirmed goes after a month, with
what was begun.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.alternatives import amounts
from budget.enums import AlternativeState
from budget.method import KNOWN_DAYS, UNCONFIRMED_DAYS
from budget.models import Alternative, AlternativeChange
from trajecten.domain.my_data import erasing
from trajecten.domain.my_data.telling import moment
from trajecten.enums import ErasedWords, Moderation
from trajecten.models import Notification, Participant
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule


def alternatives(participant: Participant) -> Iterator[Kept]:
    """The alternatives that somebody made, with every change."""
    rows = Alternative.objects.filter(author=participant).select_related("round", "area").order_by("pk")
    for row in rows.defer("area__geometry").prefetch_related("changes__line"):
        yield Kept(
            row.round.title,
            (
                Fact("state", _("State"), row.get_state_display()),
                Fact("kind", _("As"), row.get_kind_display()),
                Fact("area", _("Neighbourhood"), row.area.name if row.area else ""),
                Fact("text", _("What you want with it as a whole"), row.text),
                Fact("changes", _("Your changes"), "\n".join(_changes(row))),
                Fact("is_shared", _("Who has the link can see it"), row.is_shared),
                Fact("is_named", _("Others may see your name"), row.is_named),
                Fact("begun_at", _("Begun"), moment(row.created_at)),
                Fact("finished_at", _("Finished"), moment(row.finished_at)),
            ),
        )


def _changes(row: Alternative) -> Iterator[str]:
    for change in row.changes.all():
        by = amounts.change(change.change, row.round.unit)
        yield ": ".join(filter(None, [change.line.name, by, change.reason]))


def erase_alternatives(participant: Participant, words: str) -> None:
    """Drafts go. What was finished goes on counting as nobody's, with the words that may stay."""
    mine = Alternative.objects.filter(author=participant)
    mine.filter(state=AlternativeState.DRAFT).delete()
    if words == ErasedWords.PUBLIC:
        silent = mine.exclude(moderation=Moderation.PUBLISHED)
    elif words == ErasedWords.NONE:
        silent = mine
    else:
        silent = mine.none()
    _silence(list(silent.values_list("pk", flat=True)))
    mine.update(is_shared=False, is_named=False)


def _silence(keys: Collection[int]) -> None:
    """Take the words off these; the numbers stay."""
    AlternativeChange.objects.filter(alternative__in=keys, change=0).delete()
    AlternativeChange.objects.filter(alternative__in=keys).update(reason="")
    Alternative.objects.filter(pk__in=keys).update(text="")


PARTS = (
    PersonalData(
        "budget.alternatives",
        gettext_lazy("Alternative budgets that you made"),
        ("alternatives",),
        alternatives,
        erase_alternatives,
    ),
)


def unconfirmed(before: datetime) -> QuerySet[Any]:
    """Drafts of guests who never opened the link in the mail."""
    rows = Alternative.objects.filter(confirmed_at__isnull=True, created_at__lt=before)
    return rows.annotate(since=F("created_at")).order_by("created_at", "pk")


def forget_unconfirmed(rows: Collection[Any]) -> None:
    """The whole row, and the address that was typed when nothing else is known of it."""
    keys = [row.pk for row in rows]
    kind = ContentType.objects.get_for_model(Alternative)
    mails = Notification.objects.filter(content_type=kind, object_id__in=keys, participant__isnull=False)
    guests = set(mails.values_list("participant", flat=True))
    Alternative.objects.filter(pk__in=keys).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def of_closed_rounds(before: datetime) -> QuerySet[Any]:
    """Drafts in rounds that closed so long ago, and what guests finished in them or nobody but officials may read."""
    day = timezone.localdate(before)
    over = Q(round__closed_at__lt=before) | Q(round__closes_on__lt=day)
    reasons = AlternativeChange.objects.filter(alternative=OuterRef("pk"), reason__gt="")
    unpublished = ~Q(moderation=Moderation.PUBLISHED) & (~Q(text="") | Q(Exists(reasons)))
    is_draft = Q(state=AlternativeState.DRAFT, confirmed_at__isnull=False)
    of_guest = Q(author__isnull=False, author__user__isnull=True)
    rows = Alternative.objects.filter(over, is_draft | of_guest | unpublished)
    since = Coalesce("round__closed_at", Cast("round__closes_on", DateTimeField()))
    return rows.annotate(since=since).order_by("since", "pk")


def forget_makers(rows: Collection[Any]) -> None:
    """Drafts go; the others count as nobody's, without words that were not published."""
    drafts = [row.pk for row in rows if row.state == AlternativeState.DRAFT]
    finished = Alternative.objects.filter(pk__in=[row.pk for row in rows]).exclude(pk__in=drafts)
    of_guests = finished.filter(author__user__isnull=True)
    guests = {row.author_id for row in rows if row.author_id}
    _silence(list(finished.exclude(moderation=Moderation.PUBLISHED).values_list("pk", flat=True)))
    of_guests.update(author=None, is_shared=False, is_named=False)
    Alternative.objects.filter(pk__in=drafts).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


RULES = (
    RetentionRule(
        "budget.alternatives_unconfirmed",
        gettext_lazy("alternative budgets whose mail address was not confirmed"),
        gettext_lazy("The whole draft, and the mail address when nothing else is known of it"),
        UNCONFIRMED_DAYS,
        unconfirmed,
        forget_unconfirmed,
    ),
    RetentionRule(
        "budget.alternatives",
        gettext_lazy("who made an alternative budget in a closed round, without account"),
        gettext_lazy(
            "Drafts, who made it, and words that are not public. What was finished goes on counting."
        ),
        KNOWN_DAYS,
        of_closed_rounds,
        forget_makers,
    ),
)
