"""Questions about the budget: asking, the promise to answer by a date, and the answer, which ends the promise."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from budget.domain.analysing import telling
from budget.domain.analysing.refusals import AnalysisRefused
from budget.domain.choosing import opening
from budget.method import ANSWER_DAYS, ASK
from budget.models import BudgetQuestion, Programme
from trajecten.domain import activities, workdays
from trajecten.domain.moderation import deciding
from trajecten.domain.promises import making, moving
from trajecten.domain.staffing import people
from trajecten.enums import CommitmentStatus, Moderation
from trajecten.models import Commitment, Participant, Trajectory, User
from trajecten.models.commitment import OPEN


@dataclass(frozen=True)
class Asked:
    """A question, and what it is about if that was told: a programme, a task field, or both."""

    text: str
    programme: Programme | None = None
    task_field: str = ""


@transaction.atomic
def ask(*, trajectory: Trajectory, by: Participant, asked: Asked) -> BudgetQuestion:
    """Ask it. An official reads it first where the trajectory says so; from when it is public an answer is promised.

    The same words by the same person about the same subject, as after a double press, are the question that was asked.
    Refused (``AnalysisRefused``): without words, and when the open step takes no questions.
    """
    locked = opening.lock(trajectory)
    check(locked, asked)
    same = {
        "trajectory": locked,
        "author": by,
        "text": asked.text.strip(),
        "programme": asked.programme,
        "task_field": asked.task_field,
    }
    known: BudgetQuestion | None = BudgetQuestion.objects.filter(**same).first()
    if known:
        return known
    question = BudgetQuestion.objects.create(
        municipality_id=locked.municipality_id, moderation=deciding.of_new(locked), **same
    )
    activities.record(verb="budget_question_asked", target=question, by=by)
    telling.received(question)
    if question.is_public:
        promise(question, None)
    return question


def check(trajectory: Trajectory, asked: Asked) -> None:
    """Refuse (``AnalysisRefused``) what can't be asked now."""
    if not trajectory.allows(ASK):
        raise AnalysisRefused(_("You can't ask questions in this step of the route."))
    if not asked.text.strip():
        raise AnalysisRefused(_("Write your question first."), field="text")


@transaction.atomic
def promise(question: BudgetQuestion, by: User | None) -> Commitment | None:
    """Promise an answer within ``ANSWER_DAYS`` working days, once; None where nobody could keep it.

    The coordinator of the trajectory keeps it, else who published the question, else a coordinator of the
    municipality: they can hand it over. The words are those of the municipality, for a promise is always public.
    """
    locked = _lock(question)
    if locked.commitment:
        return locked.commitment
    owner = _owner(locked.trajectory, by)
    if owner is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        text = _("We answer question %(n)d about the budget.") % {"n": locked.pk}
    made = making.promise_for(
        trajectory=locked.trajectory,
        origins=[locked],
        text=text,
        deadline=workdays.after(timezone.localdate(), ANSWER_DAYS),
        owner=owner,
        by=by,
        area=locked.area,
    )
    locked.commitment = question.commitment = made
    locked.save(update_fields=["commitment"])
    telling.published(locked, made, by=by)
    return made


def _owner(trajectory: Trajectory, by: User | None) -> User | None:
    coordinator = trajectory.coordinator
    if coordinator and coordinator.is_active:
        return coordinator
    return by or people.coordinators(trajectory.municipality_id).first()


@transaction.atomic
def answer(*, question: BudgetQuestion, text: str, by: User) -> BudgetQuestion:
    """Answer it for everybody to read. The promise is done with it; who asked is told, and asked whether it helps.

    What came back because the answer did not help is answered again: what was said before stays in the history of the
    promise. Refused (``AnalysisRefused``): without words, what others may not read, and what is answered already.
    """
    locked = _lock(question)
    if not locked.is_public:
        raise AnalysisRefused(
            _("Others may not read this question (yet). Publish it first in the moderation.")
        )
    if not text.strip():
        raise AnalysisRefused(_("Write the answer."), field="text")
    if not waits(locked):
        raise AnalysisRefused(_("This question has been answered already."))
    locked.answer, locked.answered_at, locked.answered_by = text.strip(), timezone.now(), by
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    if locked.commitment and locked.commitment.is_open:
        moving.move(
            commitment=locked.commitment,
            status=CommitmentStatus.DONE,
            by=by,
            text=locked.answer,
            asked_by=locked,
        )
    activities.record(verb="budget_question_answered", target=locked, by=by, is_public=True)
    telling.answered(locked)
    return locked


def waits(question: BudgetQuestion) -> bool:
    """Whether it waits for an answer: it has none, or that one did not help."""
    commitment = question.commitment
    return question.answered_at is None or (commitment is not None and commitment.is_open)


def to_answer() -> QuerySet[BudgetQuestion]:
    """Public questions that wait for an answer; what was promised soonest first, then what has no date yet."""
    waiting = Q(answered_at__isnull=True) | Q(commitment__status__in=sorted(OPEN))
    rows: QuerySet[BudgetQuestion] = BudgetQuestion.objects.filter(waiting, moderation=Moderation.PUBLISHED)
    return rows.order_by(F("commitment__deadline").asc(nulls_last=True), "pk")


def public(trajectory: Trajectory) -> QuerySet[BudgetQuestion]:
    """The questions that everybody may read, the newest first."""
    rows: QuerySet[BudgetQuestion] = BudgetQuestion.objects.filter(
        trajectory=trajectory, moderation=Moderation.PUBLISHED
    )
    return rows.select_related("programme", "commitment").order_by("-pk")


def _lock(question: BudgetQuestion) -> BudgetQuestion:
    """The newest row, locked, with what its messages and promise need."""
    rows = BudgetQuestion.objects.select_for_update(of=("self",))
    related = rows.select_related("author", "area", "commitment", "trajectory__coordinator", "municipality")
    locked: BudgetQuestion = related.defer("municipality__boundary", "area__geometry").get(pk=question.pk)
    locked.trajectory.municipality = locked.municipality
    return locked
