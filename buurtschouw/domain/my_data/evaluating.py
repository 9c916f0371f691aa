"""What is kept of people who look back on a walk: their answers, their words, the lessons they wrote; and how long."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtschouw.domain.evaluation import asking
from buurtschouw.method import questions_for
from buurtschouw.models import Evaluation, EvaluationReply, EvaluationWords, Lesson
from trajecten.domain.my_data.telling import moment
from trajecten.enums import ErasedWords, Moderation
from trajecten.models import Participant
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule


def evaluations(participant: Participant) -> Iterator[Kept]:
    """What somebody answered about a walk, as long as it is known whose answers they are."""
    rows = EvaluationReply.objects.filter(participant=participant).prefetch_related("words").order_by("pk")
    for reply in rows.select_related("evaluation__schouw__trajectory"):
        said = {words.question: words.text for words in reply.words.all()}
        yield Kept(
            reply.evaluation.schouw.trajectory.title,
            (
                *(
                    Fact(question.key, question.text, {**reply.answers, **said}.get(question.key, ""))
                    for question in questions_for(reply.group)
                ),
                Fact("at", _("Since"), moment(reply.at)),
            ),
        )


def erase_evaluations(participant: Participant, words: str) -> None:
    """The closed answers go on counting, for nobody can tell them apart; words stay as chosen."""
    said = EvaluationWords.objects.filter(reply__participant=participant)
    if words == ErasedWords.PUBLIC:
        said = said.exclude(moderation=Moderation.PUBLISHED)
    if words != ErasedWords.ALL:
        said.delete()


def lessons(participant: Participant) -> Iterator[Kept]:
    """The lessons that somebody wrote for the core group of a walk."""
    rows = Lesson.objects.filter(by_participant=participant).order_by("pk")
    for lesson in rows.select_related("schouw__trajectory"):
        facts = (Fact("text", _("Your words"), lesson.text), Fact("at", _("Since"), moment(lesson.at)))
        yield Kept(lesson.schouw.trajectory.title, facts)


def erase_lessons(participant: Participant, words: str) -> None:
    """What was written for the core group stays with the walk, without a name, unless no words may stay."""
    if words == ErasedWords.NONE:
        Lesson.objects.filter(by_participant=participant).delete()


def known_replies(before: datetime) -> QuerySet[Any]:
    """Evaluations that people could answer until this long ago and of which it is still known who answered what."""
    known = Q(participant__isnull=False) | Q(user__isnull=False)
    by_somebody = EvaluationReply.objects.filter(known, evaluation=OuterRef("pk"))
    rows = Evaluation.objects.filter(Exists(by_somebody), closes_on__lt=timezone.localdate(before))
    return rows.annotate(since=_begin_of("closes_on")).order_by("closes_on", "pk")


def _begin_of(day: str) -> Cast:
    return Cast(day, DateTimeField())


def forget_who_answered(rows: Collection[Any]) -> None:
    """The answers stay, as nobody's."""
    for evaluation in rows:
        asking.let_go(evaluation)


def evaluation_words(before: datetime) -> QuerySet[Any]:
    """Words of evaluations that nobody but officials may read."""
    day = timezone.localdate(before)
    rows = EvaluationWords.objects.exclude(moderation=Moderation.PUBLISHED)
    rows = rows.filter(reply__evaluation__closes_on__lt=day)
    return rows.annotate(since=_begin_of("reply__evaluation__closes_on")).order_by("since", "pk")


def remove_evaluation_words(rows: Collection[Any]) -> None:
    """The words; the other answers stay."""
    EvaluationWords.objects.filter(pk__in=[words.pk for words in rows]).delete()


PARTS = (
    PersonalData(
        "buurtschouw.evaluations",
        gettext_lazy("What you thought of walks"),
        ("evaluation_replies",),
        evaluations,
        erase_evaluations,
    ),
    PersonalData(
        "buurtschouw.lessons", gettext_lazy("Lessons that you wrote"), ("lessons",), lessons, erase_lessons
    ),
)

RULES = (
    RetentionRule(
        "buurtschouw.evaluations",
        gettext_lazy("who answered an evaluation"),
        gettext_lazy(
            "Whose answers they are, counted from the last day on which people could answer. The answers stay."
        ),
        30,
        known_replies,
        forget_who_answered,
    ),
    RetentionRule(
        "buurtschouw.evaluation_words",
        gettext_lazy("words of evaluations that are not public"),
        gettext_lazy(
            "What was written, counted from the last day on which people could answer. The other answers stay."
        ),
        365,
        evaluation_words,
        remove_evaluation_words,
    ),
)
