"""What is kept of who asked questions about the budget or wrote notes on programmes.

Questions, answers and notes that everybody can read stay; who said it, without an account, is known for a year after.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.my_data.words import GONE, stay
from budget.models import BudgetQuestion, ProgrammeNote, UnconfirmedQuestion
from trajecten.domain.my_data import erasing
from trajecten.domain.my_data.telling import moment
from trajecten.enums import Moderation
from trajecten.models import Participant
from trajecten.models.tokens import new_token
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule


def questions(participant: Participant) -> Iterator[Kept]:
    """What somebody asked, with the answers."""
    rows = BudgetQuestion.objects.filter(author=participant).select_related("trajectory").order_by("pk")
    for row in rows:
        facts = (
            Fact("number", _("Number"), row.pk),
            Fact("text", _("Your words"), row.text),
            Fact("status", _("May others read it"), capfirst(row.get_moderation_display())),
            Fact("at", _("Asked"), moment(row.created_at)),
            Fact("answer", _("Answer of the municipality"), row.answer),
        )
        yield Kept(row.trajectory.title, facts)


def erase_questions(participant: Participant, words: str) -> None:
    """Words stay as chosen. The link by which it was followed opens nothing any more."""
    for row in BudgetQuestion.objects.select_for_update(of=("self",)).filter(author=participant):
        row.token = new_token()
        row.text = row.text if stay(row, words) else ""
        row.save(update_fields=["token", "text"])


def unconfirmed(participant: Participant) -> Iterator[Kept]:
    """What was typed with this address, and not confirmed."""
    for row in UnconfirmedQuestion.objects.filter(participant=participant).order_by("pk"):
        facts = (Fact("text", _("Your words"), row.text), Fact("at", _("Filled in"), moment(row.asked_at)))
        yield Kept(_("A question that was not confirmed"), facts)


def erase_unconfirmed(participant: Participant, words: str) -> None:
    """They go."""
    UnconfirmedQuestion.objects.filter(participant=participant).delete()


def notes(participant: Participant) -> Iterator[Kept]:
    """What somebody noted on programmes."""
    rows = ProgrammeNote.objects.filter(author=participant).select_related("programme").order_by("pk")
    for row in rows:
        facts = (
            Fact("text", _("Your words"), row.text),
            Fact("source", _("Source"), row.source),
            Fact("status", _("May others read it"), capfirst(row.get_moderation_display())),
            Fact("at", _("Written"), moment(row.created_at)),
        )
        yield Kept(str(row.programme), facts)


def erase_notes(participant: Participant, words: str) -> None:
    """Words and source stay as chosen."""
    for row in ProgrammeNote.objects.select_for_update(of=("self",)).filter(author=participant):
        if not stay(row, words):
            row.text, row.source, row.moderation = "", GONE, Moderation.HIDDEN
            row.save(update_fields=["text", "source", "moderation"])


PARTS = (
    PersonalData(
        "budget.questions",
        gettext_lazy("What you asked about the budget"),
        ("budgetquestions",),
        questions,
        erase_questions,
    ),
    PersonalData(
        "budget.unconfirmed_questions",
        gettext_lazy("Questions about the budget that you did not confirm"),
        ("unconfirmed_questions",),
        unconfirmed,
        erase_unconfirmed,
    ),
    PersonalData(
        "budget.notes",
        gettext_lazy("What you noted on programmes"),
        ("programmenotes",),
        notes,
        erase_notes,
    ),
)


def _of_guests(model: type[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(author__isnull=False, author__user__isnull=True)
    return found


def _forget_authors(model: type[Any], rows: Collection[Any]) -> None:
    guests = [row.author_id for row in rows]
    model.objects.filter(pk__in=[row.pk for row in rows]).update(author=None)
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def askers(before: datetime) -> QuerySet[Any]:
    """Answered questions of people without account."""
    rows = _of_guests(BudgetQuestion).filter(answered_at__lt=before)
    return rows.annotate(since=F("answered_at")).order_by("answered_at", "pk")


def forget_askers(rows: Collection[Any]) -> None:
    """Who it was; question and answer stay."""
    _forget_authors(BudgetQuestion, rows)


def note_writers(before: datetime) -> QuerySet[Any]:
    """Notes of people without account."""
    rows = _of_guests(ProgrammeNote).filter(created_at__lt=before)
    return rows.annotate(since=F("created_at")).order_by("created_at", "pk")


def forget_note_writers(rows: Collection[Any]) -> None:
    """Who it was; the note stays."""
    _forget_authors(ProgrammeNote, rows)


def old_unconfirmed(before: datetime) -> QuerySet[Any]:
    """Questions that were never confirmed."""
    rows = UnconfirmedQuestion.objects.filter(asked_at__lt=before)
    return rows.annotate(since=F("asked_at")).order_by("asked_at", "pk")


def remove_unconfirmed(rows: Collection[Any]) -> None:
    """The whole row, and who it was when nothing else is known of them."""
    guests = [row.participant_id for row in rows]
    UnconfirmedQuestion.objects.filter(pk__in=[row.pk for row in rows]).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def unpublished_questions(before: datetime) -> QuerySet[Any]:
    """Questions whose words nobody but officials may read."""
    hidden = BudgetQuestion.objects.exclude(moderation=Moderation.PUBLISHED).exclude(text="")
    return hidden.filter(created_at__lt=before).annotate(since=F("created_at")).order_by("created_at", "pk")


def remove_questions(rows: Collection[Any]) -> None:
    """What was asked."""
    BudgetQuestion.objects.filter(pk__in=[row.pk for row in rows]).update(text="")


def unpublished_notes(before: datetime) -> QuerySet[Any]:
    """Notes that nobody but officials may read."""
    hidden = ProgrammeNote.objects.exclude(moderation=Moderation.PUBLISHED)
    return hidden.filter(created_at__lt=before).annotate(since=F("created_at")).order_by("created_at", "pk")


def remove_notes(rows: Collection[Any]) -> None:
    """The whole note."""
    ProgrammeNote.objects.filter(pk__in=[row.pk for row in rows]).delete()


RULES = (
    RetentionRule(
        "budget.questions_unconfirmed",
        gettext_lazy("questions about the budget that were not confirmed"),
        gettext_lazy("The whole row, and the mail address when nothing else is known of it"),
        30,
        old_unconfirmed,
        remove_unconfirmed,
    ),
    RetentionRule(
        "budget.askers",
        gettext_lazy("who asked about the budget, without account"),
        gettext_lazy("Who it was. The question and its answer stay."),
        365,
        askers,
        forget_askers,
    ),
    RetentionRule(
        "budget.questions_unpublished",
        gettext_lazy("questions about the budget that are not public"),
        gettext_lazy("What was written."),
        730,
        unpublished_questions,
        remove_questions,
    ),
    RetentionRule(
        "budget.note_writers",
        gettext_lazy("who wrote notes on programmes, without account"),
        gettext_lazy("Who it was. The note stays."),
        730,
        note_writers,
        forget_note_writers,
    ),
    RetentionRule(
        "budget.notes_unpublished",
        gettext_lazy("notes on programmes that are not public"),
        gettext_lazy("The whole note"),
        730,
        unpublished_notes,
        remove_notes,
    ),
)
