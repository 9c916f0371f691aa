"""What budgetmonitoring keeps of who says what they see of adopted money, and for how long.

The counts stay when somebody is forgotten. Words that nobody but officials read go a year after the trajectory is
archived, with the names of guests. An address that was typed and never confirmed goes after a month.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.models import Observation
from trajecten.domain.my_data import erasing
from trajecten.domain.my_data.telling import moment
from trajecten.enums import ErasedWords, Moderation, TrajectoryStatus
from trajecten.models import Participant, StepRecord
from trajecten.models.tokens import new_token
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule


def observations(participant: Participant) -> Iterator[Kept]:
    """What somebody said that they see of adopted money."""
    rows = Observation.objects.filter(author=participant).select_related("line__outcome_line__line", "area")
    for row in rows.defer("area__geometry").order_by("pk"):
        yield Kept(
            row.line.outcome_line.line.name,
            (
                Fact("sees", _("Do you see anything of it?"), row.get_sees_display()),
                Fact("text", _("Your words"), row.text),
                Fact("area", _("Neighbourhood"), row.area.name if row.area else ""),
                Fact("public", _("Others can read it"), row.is_public),
                Fact("said_at", _("Said"), moment(row.created_at)),
                Fact("confirmed_at", _("Confirmed"), moment(row.confirmed_at)),
            ),
        )


def erase(participant: Participant, words: str) -> None:
    """Words stay as chosen, the answer goes on counting; what was never confirmed goes. The link opens nothing more."""
    Observation.objects.filter(author=participant, confirmed_at__isnull=True).delete()
    for row in Observation.objects.select_for_update(of=("self",)).filter(author=participant):
        if not _stay(row, words):
            row.text = ""
            row.moderation = _without_words(row)
        row.token, row.area = new_token(), None
        row.save(update_fields=["text", "moderation", "token", "area"])


def _stay(row: Observation, words: str) -> bool:
    return words == ErasedWords.ALL or (words == ErasedWords.PUBLIC and row.is_public)


def _without_words(row: Observation) -> str:
    """Without words there is nothing left to read first; what was hidden stays so, and does not count."""
    return Moderation.HIDDEN if row.moderation == Moderation.HIDDEN else Moderation.PUBLISHED


PARTS = (
    PersonalData(
        "budget.observations",
        gettext_lazy("What you see of adopted money"),
        ("observations",),
        observations,
        erase,
    ),
)


def unite(*, key: int, into: Participant) -> None:
    """A guest who becomes an account that said something of the same line: the account's answer counts.

    What the account did not confirm gives way to what the guest did.
    """
    guests = Observation.objects.get(pk=key)
    mine = Observation.objects.select_for_update(of=("self",)).get(line=guests.line_id, author=into)
    if mine.confirmed_at is None and guests.confirmed_at is not None:
        mine.sees, mine.text, mine.area_id = guests.sees, guests.text, guests.area_id
        mine.moderation, mine.confirmed_at = guests.moderation, guests.confirmed_at
        mine.save()
    guests.delete()


def finished(before: datetime) -> QuerySet[Any]:
    """Of trajectories that are over: what guests said, and words that nobody but officials may read."""
    last_step = StepRecord.objects.filter(trajectory=OuterRef("trajectory")).order_by().values("trajectory")
    over = (TrajectoryStatus.EVALUATED, TrajectoryStatus.ARCHIVED)
    rows = Observation.objects.filter(trajectory__status__in=over)
    ended = rows.annotate(since=Subquery(last_step.annotate(at=Max("at")).values("at"))).filter(
        since__lt=before
    )
    unread = ~Q(moderation=Moderation.PUBLISHED) & ~Q(text="")
    of_guests = Q(author__isnull=False, author__user__isnull=True)
    return ended.filter(unread | of_guests).order_by("since", "pk")


def forget(rows: Collection[Any]) -> None:
    """The words that were not public, and who said it without an account; the answer goes on counting."""
    keys = [row.pk for row in rows]
    found = Observation.objects.filter(pk__in=keys)
    guests = set(found.filter(author__user__isnull=True).values_list("author", flat=True)) - {None}
    found.filter(moderation=Moderation.HIDDEN).update(text="")
    found.filter(moderation=Moderation.PENDING).update(text="", moderation=Moderation.PUBLISHED)
    found.filter(author__in=guests).update(author=None)
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def unconfirmed(before: datetime) -> QuerySet[Any]:
    """Addresses that were typed and never confirmed."""
    asked = Observation.objects.filter(confirmed_at__isnull=True, created_at__lt=before)
    return asked.annotate(since=F("created_at")).order_by("created_at")


def remove(rows: Collection[Any]) -> None:
    """The whole row, and who it was when nothing else is known of them."""
    guests = {row.author_id for row in rows} - {None}
    Observation.objects.filter(pk__in=[row.pk for row in rows]).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


RULES = (
    RetentionRule(
        "budget.observations",
        gettext_lazy("what people see of adopted money, of a trajectory that is over"),
        gettext_lazy("Who said it without an account, and words that were not public. The answer stays."),
        365,
        finished,
        forget,
    ),
    RetentionRule(
        "budget.observations_unconfirmed",
        gettext_lazy("mail addresses that did not confirm what they see of adopted money"),
        gettext_lazy("The whole row, and the mail address when nothing else is known of it"),
        30,
        unconfirmed,
        remove,
    ),
)
