"""Who hears that their alternative was counted, and that an amendment came in."""

from django.db.models import Q

from budget.models import Amendment, Outcome
from trajecten.domain.telling import notify
from trajecten.enums import Role
from trajecten.models import Participant, User

FROZEN = "budget.outcome_frozen"
HANDED_IN = "budget.amendment_handed_in"


def frozen(outcome: Outcome) -> None:
    """Tell who was counted, once for each number. An interim count is told to nobody: it is not the outcome yet."""
    if outcome.was_open:
        return
    reached = Q(email__isnull=False) | Q(user__isnull=False)
    counted = outcome.counted.filter(alternative__author__isnull=False).values("alternative__author")
    notify.owe_each(
        key=FROZEN,
        to=Participant.objects.filter(reached, pk__in=counted, erased_at__isnull=True),
        municipality=outcome.municipality,
        about=outcome,
        delivery_key=f"{FROZEN}:{outcome.pk}",
    )


def handed_in(amendment: Amendment, *, by: User) -> None:
    """Tell the clerks of the municipality, but not who handed it in."""
    clerks = User.objects.filter(
        is_active=True,
        staff_roles__municipality=amendment.municipality_id,
        staff_roles__role=Role.CLERK,
    )
    for clerk in clerks.exclude(pk=by.pk).distinct():
        notify.owe(
            key=HANDED_IN,
            to=clerk,
            municipality=amendment.municipality,
            about=amendment,
            delivery_key=f"{HANDED_IN}:{amendment.pk}:{clerk.pk}",
        )
