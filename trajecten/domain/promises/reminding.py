"""Reminders of promises: to who keeps it a week before and on the date, to coordinators when a week overdue.

What was reminded of is kept on the promise, so a run of the clock that was missed is made up by the next one, and of
several that are due by then only the latest is sent. Another date begins anew.
"""

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from trajecten.domain.promises import people, terms
from trajecten.domain.telling import notify
from trajecten.models import Commitment, Participant, User
from trajecten.models.commitment import CommitmentQuerySet

KEYS = {
    terms.SOON: "trajecten.promise_due_soon",
    terms.DUE: "trajecten.promise_due",
    terms.OVERDUE: "trajecten.promise_overdue",
}


def remind() -> int:
    """Owe every reminder that is due. Returns of how many promises."""
    with scopes_disabled():
        due = _due().order_by("deadline", "id")
        return sum(_remind(pk) for pk in list(due.values_list("pk", flat=True)))


def _due() -> CommitmentQuerySet:
    today = timezone.localdate()
    return Commitment.objects.to_remind(today + terms.REMIND_BEFORE, today, today - terms.OVERDUE_AFTER)


@transaction.atomic
def _remind(pk: int) -> bool:
    """Lets go of one that another worker has at this moment, or that was closed meanwhile."""
    rows = _due().select_for_update(skip_locked=True, of=("self",)).with_names()
    found = rows.select_related("municipality", "trajectory__coordinator").defer("municipality__boundary")
    commitment = found.filter(pk=pk).first()
    if commitment is None:
        return False
    commitment.reminded = terms.reminder(commitment.deadline, timezone.localdate())
    commitment.save(update_fields=["reminded"])
    with scope(municipality=commitment.municipality):
        for person in _recipients(commitment):
            _owe(commitment, person)
    return True


def _recipients(commitment: Commitment) -> list[User | Participant]:
    if commitment.reminded == terms.OVERDUE:
        return list(people.coordinators(commitment))
    return people.keepers(commitment)


def _owe(commitment: Commitment, to: User | Participant) -> None:
    key, day = KEYS[commitment.reminded], commitment.deadline.isoformat()
    who = f"{'u' if isinstance(to, User) else 'p'}{to.pk}"
    notify.owe(
        key=key,
        to=to,
        municipality=commitment.municipality,
        about=commitment,
        delivery_key=f"{key}:{commitment.pk}:{day}:{who}",
        context={"deadline": day},
    )
