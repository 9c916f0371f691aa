"""What is kept of who chose or suggested themes.

Who voted without an account is known while the step is open, and a year after they did; the vote goes on counting. An
address that was typed and never confirmed goes after a month.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.my_data.words import GONE, stay
from budget.method import CHOOSE_THEMES, METHOD
from budget.models import Theme, ThemeBallot
from trajecten.domain.my_data import erasing
from trajecten.domain.my_data.telling import moment
from trajecten.enums import Moderation
from trajecten.models import Participant
from trajecten.models.tokens import new_token
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule

OPEN_STEPS = [step.key for step in METHOD.steps if CHOOSE_THEMES in step.allows]


def ballots(participant: Participant) -> Iterator[Kept]:
    """What somebody chose, and as whom."""
    rows = ThemeBallot.objects.filter(participant=participant).select_related("trajectory", "area")
    for row in rows.defer("area__geometry").prefetch_related("votes__theme").order_by("pk"):
        yield Kept(
            row.trajectory.title,
            (
                Fact("themes", _("What you chose"), ", ".join(_titles(row))),
                Fact("area", _("Neighbourhood"), row.area.name if row.area else ""),
                Fact("kind", _("As"), row.get_kind_display()),
                Fact("asked_at", _("Filled in"), moment(row.asked_at)),
                Fact("confirmed_at", _("Counts since"), moment(row.confirmed_at)),
            ),
        )


def _titles(ballot: ThemeBallot) -> Iterator[str]:
    """Of what everybody may read: a theme that was hidden has the words of somebody else."""
    for vote in ballot.votes.all():
        yield vote.theme.title if vote.theme.is_public else _("a theme that is not public any more")


def erase_ballots(participant: Participant, words: str) -> None:
    """A vote that counts goes on counting without a name, and its link opens nothing; another goes."""
    mine = ThemeBallot.objects.filter(participant=participant)
    mine.filter(confirmed_at__isnull=True).delete()
    _let_go(list(mine))


def _let_go(rows: Collection[ThemeBallot]) -> None:
    for row in rows:
        row.participant, row.token = None, new_token()
    ThemeBallot.objects.bulk_update(rows, ["participant", "token"])


def suggestions(participant: Participant) -> Iterator[Kept]:
    """The themes that somebody suggested."""
    rows = Theme.objects.filter(author=participant).select_related("trajectory").order_by("pk")
    for row in rows:
        facts = (
            Fact("title", _("Theme"), row.title),
            Fact("text", _("Your words"), row.text),
            Fact("status", _("May others read it"), capfirst(row.get_moderation_display())),
            Fact("at", _("Suggested"), moment(row.created_at)),
        )
        yield Kept(row.trajectory.title, facts)


def erase_suggestions(participant: Participant, words: str) -> None:
    """Words stay as chosen; a theme without words is not shown any more."""
    for theme in Theme.objects.select_for_update(of=("self",)).filter(author=participant):
        if not stay(theme, words):
            _take_words(theme)


def _take_words(theme: Theme) -> None:
    theme.title, theme.text, theme.moderation = f"{GONE} {theme.pk}", "", Moderation.HIDDEN
    theme.save(update_fields=["title", "text", "moderation"])


PARTS = (
    PersonalData(
        "budget.theme_ballots",
        gettext_lazy("Themes that you chose"),
        ("theme_ballots",),
        ballots,
        erase_ballots,
    ),
    PersonalData(
        "budget.themes",
        gettext_lazy("Themes that you suggested"),
        ("themes",),
        suggestions,
        erase_suggestions,
    ),
)


def voters(before: datetime) -> QuerySet[Any]:
    """Who, without an account, chose themes where choosing is over."""
    rows = ThemeBallot.objects.filter(participant__user__isnull=True, participant__isnull=False)
    over = rows.filter(confirmed_at__lt=before).exclude(trajectory__current_step__in=OPEN_STEPS)
    return over.annotate(since=F("confirmed_at")).order_by("confirmed_at", "pk")


def forget_voters(rows: Collection[Any]) -> None:
    """Who it was; the vote goes on counting."""
    guests = [row.participant_id for row in rows]
    _let_go(rows)
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def unconfirmed(before: datetime) -> QuerySet[Any]:
    """Addresses that were typed to choose themes and never confirmed it."""
    asked = ThemeBallot.objects.filter(confirmed_at__isnull=True, asked_at__lt=before)
    return asked.annotate(since=F("asked_at")).order_by("asked_at", "pk")


def forget_unconfirmed(rows: Collection[Any]) -> None:
    """The whole row, and who it was when nothing else is known of them."""
    guests = [row.participant_id for row in rows if row.participant_id]
    ThemeBallot.objects.filter(pk__in=[row.pk for row in rows]).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def unpublished(before: datetime) -> QuerySet[Any]:
    """Suggestions that nobody but officials may read."""
    hidden = Theme.objects.exclude(moderation=Moderation.PUBLISHED).exclude(text="")
    old = hidden.filter(is_suggested=True, created_at__lt=before)
    return old.annotate(since=F("created_at")).order_by("created_at", "pk")


def remove_suggestions(rows: Collection[Any]) -> None:
    """The words; votes that it had go on counting."""
    for theme in rows:
        _take_words(theme)


def suggesters(before: datetime) -> QuerySet[Any]:
    """Suggestions of people without account."""
    rows = Theme.objects.filter(author__isnull=False, author__user__isnull=True, created_at__lt=before)
    return rows.annotate(since=F("created_at")).order_by("created_at", "pk")


def forget_suggesters(rows: Collection[Any]) -> None:
    """Who it was; the theme stays."""
    guests = [row.author_id for row in rows]
    Theme.objects.filter(pk__in=[row.pk for row in rows]).update(author=None)
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


RULES = (
    RetentionRule(
        "budget.theme_voters",
        gettext_lazy("who chose themes, without account"),
        gettext_lazy("Who it was. The vote goes on counting, with its district and kind."),
        365,
        voters,
        forget_voters,
    ),
    RetentionRule(
        "budget.theme_ballots_unconfirmed",
        gettext_lazy("mail addresses that did not confirm their choice of themes"),
        gettext_lazy("The whole row, and the mail address when nothing else is known of it"),
        30,
        unconfirmed,
        forget_unconfirmed,
    ),
    RetentionRule(
        "budget.themes_unpublished",
        gettext_lazy("suggested themes that are not public"),
        gettext_lazy("What was written."),
        365,
        unpublished,
        remove_suggestions,
    ),
    RetentionRule(
        "budget.theme_suggesters",
        gettext_lazy("who suggested a theme, without account"),
        gettext_lazy("Who it was. The theme stays."),
        730,
        suggesters,
        forget_suggesters,
    ),
)
