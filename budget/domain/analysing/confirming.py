"""Asking a question with a mail address: it is asked when that address says so by the link in the mail."""

from django.db import transaction

from budget.domain import guests
from budget.domain.analysing import questions, telling
from budget.domain.analysing.questions import Asked
from budget.models import BudgetQuestion, UnconfirmedQuestion
from trajecten.models import Trajectory


@transaction.atomic
def ask(*, trajectory: Trajectory, email: str, language: str, asked: Asked) -> UnconfirmedQuestion:
    """Keep it unread, and mail the link. Refused as ``questions.ask``."""
    questions.check(trajectory, asked)
    guest = guests.asked(municipality=trajectory.municipality, email=email, language=language)
    waiting = UnconfirmedQuestion.objects.create(
        municipality_id=trajectory.municipality_id,
        trajectory=trajectory,
        participant=guest,
        text=asked.text.strip(),
        programme=asked.programme,
        task_field=asked.task_field,
    )
    telling.ask_to_confirm(waiting)
    return waiting


@transaction.atomic
def confirm(*, waiting: UnconfirmedQuestion) -> BudgetQuestion | None:
    """Ask it in earnest. None for what was confirmed or forgotten meanwhile; refused as ``questions.ask``."""
    rows = UnconfirmedQuestion.objects.select_for_update(of=("self",))
    locked = (
        rows.select_related("participant__home_area", "trajectory", "programme").filter(pk=waiting.pk).first()
    )
    if locked is None:
        return None
    locked.trajectory.municipality = waiting.trajectory.municipality
    asked = Asked(locked.text, locked.programme, locked.task_field)
    question = questions.ask(trajectory=locked.trajectory, by=locked.participant, asked=asked)
    locked.delete()
    return question


def forget(*, waiting: UnconfirmedQuestion) -> None:
    """Throw it away, as who has this address asks. Twice is harmless."""
    UnconfirmedQuestion.objects.filter(pk=waiting.pk).delete()
