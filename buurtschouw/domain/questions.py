"""The questions that themes ask of who reports a problem, and what is said to them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from buurtschouw.enums import LISTS, Datatype, ReportKind
from buurtschouw.models import Category, Fact, Option, Question
from trajecten.domain import activities
from trajecten.models import User
from trajecten.refusals import Refused

# The code of the one question that a theme had before it could have more; answers of then are still sent again.
FIRST_CODE = "extra"
MOST_QUESTIONS = 20
MOST_OPTIONS = 50
LONGEST_OPTION = 80
LONGEST_CODE = 40


@dataclass(frozen=True)
class Said:
    """What was said to the questions of a theme: ``facts`` as they are kept, ``sent`` by code as it was sent.

    Whether a report is the same as an earlier one is judged by what was sent, which no later change of a question
    touches.
    """

    facts: tuple[Fact, ...] = ()
    sent: Mapping[str, str | list[str]] = field(default_factory=dict)


NOTHING = Said()


class QuestionRefused(Refused):
    """A question that can't be kept like this; the message says why."""


@transaction.atomic
def keep(
    *,
    question: Question,
    by: User,
    text: str,
    datatype: str,
    options: Collection[str],
    help: str,
    is_required: bool,
    position: int,
    is_active: bool,
) -> Question:
    """Make a new question of a theme, or change one. ``options`` are the names of its choices, in their order.

    A choice whose name stays keeps its key. Refused (``QuestionRefused``): a list without two different choices or
    with more than ``MOST_OPTIONS``; other words, another form or fewer choices for a question that was answered, as
    its answers would come to mean something else; and more than ``MOST_QUESTIONS`` for one theme.
    """
    is_new = question.pk is None
    theme = Category.objects.select_for_update().get(pk=question.category_id)
    if is_new:
        _check_room(theme)
    else:
        question = Question.objects.select_for_update().get(pk=question.pk)
    chosen = _options(question, options) if datatype in LISTS else []
    if question.answered_at:
        _check_meaning(question, text, datatype, chosen)
    question.text, question.datatype, question.options = text, datatype, chosen
    question.help, question.is_required = help, is_required
    question.position, question.is_active = position, is_active
    question.code = question.code or _free_code(theme, text)
    question.save()
    activities.record(verb="question_made" if is_new else "question_changed", target=theme, by=by)
    return question


def _check_room(theme: Category) -> None:
    if theme.questions.count() >= MOST_QUESTIONS:
        message = _("A theme has at most %(n)s questions.")
        raise QuestionRefused(message % {"n": MOST_QUESTIONS})


def _check_meaning(question: Question, text: str, datatype: str, options: list[Option]) -> None:
    new_one = _("People answered this question already. Take it out of use and make a new one.")
    if text != question.text:
        raise QuestionRefused(new_one, field="text")
    if datatype != question.datatype:
        raise QuestionRefused(new_one, field="datatype")
    if any(option not in options for option in question.options):
        message = _("People answered this question already, so these choices have to stay: %(choices)s.")
        names = ", ".join(option["name"] for option in question.options)
        raise QuestionRefused(message % {"choices": names}, field="options")


def _options(question: Question, names: Collection[str]) -> list[Option]:
    """Each name with the key that it has, or with a new one that no other name has had."""
    unique = list(dict.fromkeys(names))
    if not 2 <= len(unique) <= MOST_OPTIONS or len(unique) != len(names):
        message = _("Write at least two different choices, each on a line of its own, and at most %(n)s.")
        raise QuestionRefused(message % {"n": MOST_OPTIONS}, field="options")
    keys = {option["name"]: option["key"] for option in question.options}
    taken = set(keys.values())
    for name in unique:
        if name not in keys:
            keys[name] = _free(_plain(name), taken)
            taken.add(keys[name])
    return [Option(key=keys[name], name=name) for name in unique]


def _free_code(theme: Category, text: str) -> str:
    return _free(_plain(text), set(theme.questions.values_list("code", flat=True)))


def _plain(words: str) -> str:
    """The words as a code: plain letters, digits and underscores."""
    return slugify(words).replace("-", "_")[:LONGEST_CODE].strip("_") or "vraag"


def _free(code: str, taken: Collection[str]) -> str:
    number, found = 1, code
    while found in taken:
        number += 1
        found = f"{code[: LONGEST_CODE - 3]}_{number}"
    return found


def are_asked(kind: str | None) -> bool:
    """Whether the questions of themes are for this kind: they are about what is wrong, so an idea has no answer."""
    return kind == ReportKind.PROBLEM


def fact_of(question: Question, value: Any) -> Fact:
    """The answer as it is kept, of a value that the question's form takes: text, number, moment, key or keys."""
    kept, shown = _written(question, value)
    return Fact(code=question.code, question=question.text, value=kept, answer=shown)


def _written(question: Question, value: Any) -> tuple[str | list[str], str]:
    names = {option["key"]: option["name"] for option in question.options}
    match question.datatype:
        case Datatype.NUMBER:
            number = format(Decimal(value).normalize(), "f")
            return number, number.replace(".", ",")
        case Datatype.DATETIME:
            moment: datetime = timezone.localtime(value)
            return moment.isoformat(timespec="seconds"), moment.strftime("%d-%m-%Y %H:%M")
        case Datatype.SINGLEVALUELIST:
            return value, names[value]
        case Datatype.MULTIVALUELIST:
            return list(value), ", ".join(names[key] for key in value)
        case _:
            return value, value


def note_answered(*, category: Category, said: Said) -> None:
    """Let the questions that were answered keep their meaning. Call it where the answers are stored."""
    codes = [fact["code"] for fact in said.facts]
    if codes:
        rows = Question.objects.filter(category=category, code__in=codes, answered_at__isnull=True)
        rows.update(answered_at=timezone.now())
