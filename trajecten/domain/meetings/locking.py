"""Who writes a meeting locks it first."""

from trajecten.models import Meeting


def lock(meeting: Meeting) -> Meeting:
    """The newest row, locked until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("municipality", "trajectory")
    found: Meeting = rows.defer("municipality__boundary").get(pk=meeting.pk)
    return found
