"""What becomes of two invitations to one meeting when a guest becomes an account that is invited to it too."""

from trajecten.models import Attendance, Participant


def unite_attendances(*, key: int, into: Participant) -> None:
    """Make the guest's row (``key``) and that of ``into`` one: with the later answer, and there if one of them was.

    A name, and the last reminder, stay whichever of them had it.
    """
    guests: Attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=key)
    rows = Attendance.objects.select_for_update(of=("self",))
    mine: Attendance = rows.get(meeting=guests.meeting_id, participant=into)
    answered = [(row.answered_at, row.answer) for row in (mine, guests) if row.answered_at]
    if answered:
        mine.answered_at, mine.answer = max(answered)
    noted = [row.was_present for row in (mine, guests) if row.was_present is not None]
    mine.was_present = any(noted) if noted else None
    mine.name = mine.name or guests.name
    mine.reminded_at = max(filter(None, (mine.reminded_at, guests.reminded_at)), default=None)
    guests.delete()
    mine.save()
