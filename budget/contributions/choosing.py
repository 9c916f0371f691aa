"""Themes that residents suggest, notes on programmes, and questions as contributions."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from budget.domain.analysing import questions
from budget.models import BudgetQuestion, ProgrammeNote, Theme, ThemeVote
from trajecten.models import Participant
from trajecten.registry import ContributionKind

WORDS = 12


def _loader(model: type[Any], *related: str) -> Callable[[Collection[int]], dict[int, Any]]:
    """The rows with the trajectory, author, area and municipality that their titles and addresses need."""

    def load(keys: Collection[int]) -> dict[int, Any]:
        named = ("municipality", "trajectory", "author", "area", *related)
        rows = model.objects.filter(pk__in=keys).select_related(*named)
        return {row.pk: row for row in rows.defer("municipality__boundary", "area__geometry")}

    return load


def _authors(model: type[Any]) -> Callable[[Collection[int]], QuerySet[Participant]]:
    def behind(keys: Collection[int]) -> QuerySet[Participant]:
        authors = model.objects.filter(pk__in=keys, author__isnull=False).values("author")
        return Participant.objects.filter(pk__in=authors)

    return behind


def _behind_themes(keys: Collection[int]) -> QuerySet[Participant]:
    """Who suggested these themes, and who voted for them."""
    votes = ThemeVote.objects.filter(
        theme__in=keys, ballot__confirmed_at__isnull=False, ballot__participant__isnull=False
    )
    authors = Theme.objects.filter(pk__in=keys, author__isnull=False).values("author")
    return Participant.objects.filter(Q(pk__in=authors) | Q(pk__in=votes.values("ballot__participant")))


def _title(row: Any) -> str:
    return Truncator(row.text).words(WORDS)


def _public(title: Callable[[Any], str], otherwise: str | Promise) -> Callable[[Any], str]:
    """The title for everybody: only the kind of thing while others may not read the words."""
    return lambda row: title(row) if row.is_public else str(otherwise)


def _answer(question: BudgetQuestion) -> Iterable[str]:
    return [question.answer] if question.answer else []


def _of_trajectory(name: str) -> Callable[[Any], str]:
    return lambda row: _url(name, row, pk=row.trajectory_id)


def _programme_url(note: ProgrammeNote) -> str:
    return _url("programme", note, pk=note.trajectory_id, programme=note.programme_id)


def _url(name: str, row: Any, **parts: object) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": row.municipality.slug, **parts})


KINDS: tuple[ContributionKind, ...] = (
    ContributionKind(
        model=BudgetQuestion,
        name=_("question about the budget"),
        load=_loader(BudgetQuestion),
        title=_title,
        public_title=_public(_title, _("A question about the budget")),
        public_url=lambda row: _url("question", row, pk=row.pk),
        staff_url=lambda row: _url("question-desk", row, pk=row.pk),
        own_url=lambda row: _url("question-own", row, token=row.token),
        behind=_authors(BudgetQuestion),
        opens=_answer,
        opens_more=lambda row: bool(row.answer),
        published=questions.promise,
    ),
    ContributionKind(
        model=ProgrammeNote,
        name=_("note on a programme"),
        load=_loader(ProgrammeNote, "programme"),
        title=_title,
        public_title=_public(_title, _("A note on a programme")),
        public_url=_programme_url,
        staff_url=_programme_url,
        own_url=_programme_url,
        behind=_authors(ProgrammeNote),
        opens=lambda row: [row.source],
        can_be_promised=lambda row: False,
    ),
    ContributionKind(
        model=Theme,
        name=_("theme"),
        load=_loader(Theme),
        title=lambda row: row.title,
        public_title=_public(lambda row: row.title, _("A suggested theme")),
        public_url=_of_trajectory("themes"),
        staff_url=_of_trajectory("themes-desk"),
        own_url=_of_trajectory("themes"),
        behind=_behind_themes,
        opens=lambda row: [row.title],
        opens_more=lambda row: True,
        can_be_promised=lambda row: False,
        sort=lambda row: str(_("suggested by a resident")) if row.is_suggested else "",
        of_people=lambda rows: rows.filter(is_suggested=True),
        searched=("title", "text"),
    ),
)
