"""Erasing somebody: by themselves, at once, in one transaction.

What others did stays untouched, and what was said keeps counting: contributions, supports and verdicts become
nobody's. The log keeps that somebody was erased, not who.
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import ForeignObjectRel, ProtectedError, QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from trajecten import registry
from trajecten.domain import activities
from trajecten.domain.my_data import relations
from trajecten.enums import NotificationState
from trajecten.models import Attendance, Enrolment, Notification, Participant, User

NOWHERE = "invalid"


@transaction.atomic
def erase(*, participant: Participant, words: str) -> bool:
    """Erase a participant of one municipality. Returns whether the account went too.

    ``words`` (``enums.ErasedWords``) says which of their words stay, without a name. Photos always go. What is gone
    already changes nothing. The account goes with its last municipality, unless it works for one or is an adviser.
    """
    locked = Participant.objects.select_for_update(of=("self",)).filter(pk=participant.pk).first()
    if locked is None or locked.erased_at:
        return False
    user = locked.user
    for part in registry.personal_data():
        part.erase(locked, words)
    for relation in relations.all_of_them():
        _let_go(relation, locked)
    activities.record(verb="person_erased", target=locked.municipality, by=None)
    _become_nobody(locked)
    return user is not None and remove_unused(user=user)


def _let_go(relation: ForeignObjectRel, participant: Participant) -> None:
    """As its ``on_delete`` says of a participant who is gone; what is protected stays with the one who is nobody."""
    found = relations.rows(relation, participant)
    if relations.goes_along(relation):
        found.delete()
    elif relations.becomes_nobodys(relation):
        found.update(**{relation.field.name: None})


def _become_nobody(participant: Participant) -> None:
    """Remove the row, or empty it where something has to go on counting it."""
    participant.user, participant.email, participant.display_name = None, None, ""
    participant.age_band, participant.language = "", "nl"
    participant.erased_at = timezone.now()
    participant.save()
    if not relations.is_held(participant):
        participant.delete()


@transaction.atomic
def remove_unused(*, user: User) -> bool:
    """Remove an account that takes part nowhere and works for nobody. Returns whether it went."""
    with scopes_disabled():
        takes_part = Participant.objects.filter(user=user).exists()
    works = user.staff_roles.exists() or user.is_adviser or user.is_staff or user.is_superuser
    if takes_part or works:
        return False
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        _close_account(user.pk)
    return True


def _close_account(number: int) -> None:
    """What this account decided as an official stays known as decided by somebody; who it was is forgotten."""
    EmailAddress.objects.filter(user=number).delete()
    user = User.objects.get(pk=number)
    user.email, user.name, user.is_active = f"erased-{number}@{NOWHERE}", "", False
    user.set_unusable_password()
    user.save()


def forget(numbers: Iterable[int]) -> None:
    """Make these people nobody, as ``erase`` does, of whom nothing is left but what counts them."""
    keys = list(numbers)
    Attendance.objects.filter(participant__in=keys).update(name="")
    Enrolment.objects.filter(participant__in=keys).update(left_reason="")
    kept: set[int] = set()
    for relation in relations.all_of_them():
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": keys})
        if relations.goes_along(relation):
            rows.delete()
        elif relations.becomes_nobodys(relation):
            rows.update(**{name: None})
        else:
            kept |= set(rows.values_list(name, flat=True))
    people = Participant.objects.filter(pk__in=keys)
    nobody = {"email": None, "display_name": "", "age_band": "", "language": "nl", "user": None}
    people.filter(pk__in=kept).update(**nobody, erased_at=timezone.now())
    people.exclude(pk__in=kept).delete()


def forget_idle_guests(guests: QuerySet[Participant]) -> int:
    """Remove these people without account as far as nothing of theirs is left. Returns how many went.

    Consents and mails are about what is gone, so they don't keep a guest; a mail that still has to go out does.
    """
    held_by = [relation for relation in relations.all_of_them() if not relations.goes_along(relation)]
    idle = guests.filter(user__isnull=True)
    for relation in held_by:
        if relation.related_model._meta.model_name != relations.LOG:
            name = relation.field.name
            busy = relation.related_model._base_manager.filter(**{f"{name}__isnull": False}).values(name)
            idle = idle.exclude(pk__in=busy.filter(**{f"{name}__in": guests.values("pk")}))
    waiting = Notification.objects.filter(state=NotificationState.QUEUED, participant__isnull=False)
    found = list(idle.exclude(pk__in=waiting.values("participant")).values_list("pk", flat=True))
    return Participant.objects.filter(pk__in=found).delete()[1].get(Participant._meta.label, 0)
