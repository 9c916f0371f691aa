"""The messages about questions on the budget, and what their templates need."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from budget.domain.analysing import telling
from budget.method import ANSWER_DAYS
from budget.models import BudgetQuestion, UnconfirmedQuestion
from budget.notifications.choosing import url
from trajecten.domain.promises import judging
from trajecten.enums import Moderation, VerdictValue
from trajecten.models import Notification
from trajecten.registry import Category, Message, NothingToSay, Placeholder


def confirm(row: Notification) -> Mapping[str, Any]:
    """The link to confirm. Raises ``NothingToSay`` for what was confirmed or thrown away."""
    waiting = row.about
    if not isinstance(waiting, UnconfirmedQuestion):
        raise NothingToSay("confirmed or forgotten already")
    return {"question": waiting, "own_url": url("question-confirm", row, token=waiting.token)}


def _question(row: Notification) -> BudgetQuestion:
    if not isinstance(row.about, BudgetQuestion) or row.about.moderation == Moderation.HIDDEN:
        raise NothingToSay("the question is gone or hidden")
    row.about.municipality = row.municipality
    return row.about


def received(row: Notification) -> Mapping[str, Any]:
    """That it came in. Raises ``NothingToSay`` when it is gone, or was hidden since."""
    question = _question(row)
    own = url("question-own", row, token=question.token)
    return {"question": question, "own_url": own, "days": ANSWER_DAYS}


def published(row: Notification) -> Mapping[str, Any]:
    """By when there is an answer. Raises ``NothingToSay`` as ``received``, and when it was answered since."""
    question = _question(row)
    if question.answered_at or question.commitment is None:
        raise NothingToSay("answered already")
    own = url("question-own", row, token=question.token)
    return {"question": question, "deadline": question.commitment.deadline, "own_url": own}


def to_answer(row: Notification) -> Mapping[str, Any]:
    """That it lies with this official. Raises ``NothingToSay`` as ``published``."""
    question = _question(row)
    if question.answered_at or question.commitment is None:
        raise NothingToSay("answered already")
    desk = url("question-desk", row, pk=question.pk)
    return {"question": question, "deadline": question.commitment.deadline, "desk_url": desk}


def answered(row: Notification) -> Mapping[str, Any]:
    """The answer, with a link for each verdict on it. Raises ``NothingToSay`` when it is gone or hidden."""
    question = _question(row)
    if not question.answer or row.participant is None:
        raise NothingToSay("not answered")
    return {
        "question": question,
        "answers": _verdicts(question, row),
        "own_url": url("question-own", row, token=question.token),
    }


def _verdicts(question: BudgetQuestion, row: Notification) -> list[dict[str, str]]:
    commitment = question.commitment
    if commitment is None or row.participant is None or not commitment.is_claimed:
        return []
    known = {"commitment": commitment, "participant": row.participant, "municipality": row.municipality}
    return [
        {
            "label": str(value.label),
            "url": judging.url(**known, round_number=commitment.round, value=value.value),
        }
        for value in VerdictValue
    ]


CATEGORIES = (
    Category("budget-questions", gettext_lazy("Questions about the budget to answer"), for_staff=True),
)

ABOUT_A_QUESTION = (
    Placeholder(
        "vraag",
        gettext_lazy("The question in a few words"),
        lambda context: Truncator(context["question"].text).words(10),
        "Waarom gaat er minder geld naar het buurthuis?",
    ),
)

MESSAGES = (
    Message(
        key=telling.CONFIRM,
        app="budget",
        audience=_("Who asks a question about the budget with a mail address, without signing in"),
        trigger=_("Somebody fills in the address to ask a question; asks to confirm it"),
        category="budget",
        context=confirm,
        target="own_url",
        placeholders=ABOUT_A_QUESTION,
    ),
    Message(
        key=telling.RECEIVED,
        app="budget",
        audience=_("Who asks a question about the budget"),
        trigger=_("The question has been asked"),
        category="budget",
        context=received,
        target="own_url",
        placeholders=ABOUT_A_QUESTION,
    ),
    Message(
        key=telling.PUBLISHED,
        app="budget",
        audience=_("Who asked a question about the budget"),
        trigger=_("The question is public, and an answer to it has been promised"),
        category="budget",
        context=published,
        target="own_url",
        placeholders=ABOUT_A_QUESTION,
    ),
    Message(
        key=telling.TO_ANSWER,
        app="budget",
        audience=_("The official who has to answer the question"),
        trigger=_("The question is public, and its answer was promised in their name"),
        category="budget-questions",
        context=to_answer,
        stops=_("questions about the budget"),
        target="desk_url",
        placeholders=ABOUT_A_QUESTION,
    ),
    Message(
        key=telling.ANSWERED,
        app="budget",
        audience=_("Who asked a question about the budget"),
        trigger=_("An official answers the question; asks whether the answer helps"),
        category="budget",
        context=answered,
        target="own_url",
        placeholders=ABOUT_A_QUESTION,
    ),
)
