"""What people said of lines of the budget. Who said it is known for a year; the answers are counted for longer."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.iv3 import names
from budget.models import LineFeedback
from trajecten.domain.my_data.telling import moment
from trajecten.models import Participant
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule


def answers(participant: Participant) -> Iterator[Kept]:
    """What somebody answered about lines of the budget."""
    for row in LineFeedback.objects.filter(participant=participant).order_by("pk"):
        yield Kept(
            names.name(row.task_field),
            (
                Fact("year", _("Year"), row.year),
                Fact("understood", _("Do you understand this?"), row.get_understood_display()),
                Fact("enough", _("Is it enough?"), row.get_enough_display()),
                Fact("words", _("Your words"), row.words),
                Fact("at", _("Sent"), moment(row.at)),
            ),
        )


def erase_answers(participant: Participant, words: str) -> None:
    """The words go, and who gave them; the answer is counted still."""
    forget(list(LineFeedback.objects.filter(participant=participant)))


PARTS = (
    PersonalData(
        "budget.line_answers",
        gettext_lazy("What you said of the budget"),
        ("line_feedback",),
        answers,
        erase_answers,
    ),
)


def old_answers(before: datetime) -> QuerySet[Any]:
    """Answers that still lead to a person or a browser, or that have words."""
    leads = Q(participant__isnull=False) | Q(guest_key__isnull=False) | ~Q(words="")
    return LineFeedback.objects.filter(leads, at__lt=before).annotate(since=F("at")).order_by("at")


def forget(rows: Collection[Any]) -> None:
    """The words, the area and who it was; that somebody said this stays."""
    found = LineFeedback.objects.filter(pk__in=[row.pk for row in rows])
    found.update(participant=None, guest_key=None, area=None, words="")


RULES = (
    RetentionRule(
        "budget.line_answers",
        gettext_lazy("answers about lines of the budget"),
        gettext_lazy("Who gave the answer, and their words. What was answered is counted still."),
        365,
        old_answers,
        forget,
    ),
)
