"""When another system is asked how it stands: often at first, and ever less."""

from datetime import datetime, timedelta

from buurtschouw.method import FORWARD_FOLLOWED_DAYS, FORWARD_POLLS


def following(accepted_at: datetime, now: datetime) -> datetime:
    """The next time to ask, by how long they have it."""
    age = now - accepted_at
    minutes = next(
        (pause for days, pause in FORWARD_POLLS if age < timedelta(days=days)), FORWARD_POLLS[-1][1]
    )
    return now + timedelta(minutes=minutes)


def given_up_before(now: datetime) -> datetime:
    """What they have since before this moment is not followed any more."""
    return now - timedelta(days=FORWARD_FOLLOWED_DAYS)
