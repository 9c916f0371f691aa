"""Who hears what of a question about the budget."""

from budget.models import BudgetQuestion, UnconfirmedQuestion
from trajecten.domain.telling import notify
from trajecten.models import Commitment, User

CONFIRM = "budget.question_confirm"
RECEIVED = "budget.question_received"
PUBLISHED = "budget.question_published"
TO_ANSWER = "budget.question_to_answer"
ANSWERED = "budget.question_answered"


def ask_to_confirm(waiting: UnconfirmedQuestion) -> None:
    """Mail the link by which somebody says that they ask this."""
    notify.owe(
        key=CONFIRM,
        to=waiting.participant,
        municipality=waiting.trajectory.municipality,
        about=waiting,
        delivery_key=f"{CONFIRM}:{waiting.pk}",
    )


def received(question: BudgetQuestion) -> None:
    """Confirm to who asked that it came in, with the page on which they follow it."""
    _to_author(RECEIVED, question, f"{RECEIVED}:{question.pk}")


def published(question: BudgetQuestion, made: Commitment, *, by: User | None) -> None:
    """Tell who asked by when they have an answer, and who has to answer that it lies with them."""
    _to_author(PUBLISHED, question, f"{PUBLISHED}:{question.pk}")
    if made.owner and made.owner != by:
        notify.owe(
            key=TO_ANSWER,
            to=made.owner,
            municipality=question.municipality,
            about=question,
            delivery_key=f"{TO_ANSWER}:{question.pk}",
        )


def answered(question: BudgetQuestion) -> None:
    """Give who asked the answer, with the question whether it helps: once for each time that it was answered."""
    times = question.commitment.round + 1 if question.commitment else 1
    _to_author(ANSWERED, question, f"{ANSWERED}:{question.pk}:{times}")


def _to_author(key: str, question: BudgetQuestion, delivery_key: str) -> None:
    if question.author and question.author.can_be_told:
        notify.owe(
            key=key,
            to=question.author,
            municipality=question.municipality,
            about=question,
            delivery_key=delivery_key,
        )
