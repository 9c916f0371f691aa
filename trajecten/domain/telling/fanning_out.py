"""Turning one message to all followers into outbox rows, in batches that the database makes by itself.

Each batch is one statement in a transaction of its own, with where it came to in ``FanOut.reached``. A job that is
killed loses its batch and nothing else; the next one goes on from there.
"""

import time

from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from trajecten.domain.telling import waking
from trajecten.enums import Lane
from trajecten.models import FanOut

BATCH = 2000
BUSY_SECONDS = 60
# Who has no account, and no address or no wish to be mailed at all, gets nothing; what was owed before is not owed
# again.
TELL = """
WITH slice AS (
  SELECT participant_id FROM trajecten_follow
  WHERE municipality_id = %(municipality)s AND content_type_id = %(type)s AND object_id = %(object)s
    AND participant_id > %(reached)s
  ORDER BY participant_id LIMIT %(batch)s
), told AS (
  INSERT INTO trajecten_notification (
    municipality_id, key, channel, participant_id, content_type_id, object_id, context, delivery_key, lane,
    request_id, state, attempts, error, created_at, due_at, title, text, path
  )
  SELECT %(municipality)s, %(key)s, 'email', participant.id, %(about_type)s, %(about)s, '{}',
    %(delivery_key)s || ':' || participant.id, 'bulk', %(request_id)s, 'queued', 0, '', %(owed_at)s, %(owed_at)s,
    '', '', ''
  FROM slice JOIN trajecten_participant participant ON participant.id = slice.participant_id
  WHERE (participant.user_id IS NOT NULL
    OR (participant.email IS NOT NULL AND participant.contact_withdrawn_at IS NULL))
  {unless}
  ON CONFLICT (delivery_key) DO NOTHING
  RETURNING 1
)
SELECT (SELECT max(participant_id) FROM slice), (SELECT count(*) FROM slice), (SELECT count(*) FROM told)
"""
# Who is told of the same act in person, or will be as a follower of what that other message is for.
UNLESS = """
  AND NOT EXISTS (
    SELECT 1 FROM trajecten_notification known
    WHERE known.delivery_key = %(unless_told)s || ':' || participant.id
  ) AND NOT EXISTS (
    SELECT 1 FROM trajecten_fanout other JOIN trajecten_follow also
      ON also.municipality_id = other.municipality_id AND also.content_type_id = other.content_type_id
      AND also.object_id = other.object_id
    WHERE other.delivery_key = %(unless_told)s AND also.participant_id = participant.id
  )
"""


def fan_out_due() -> int:
    """Go on with what is not done yet, for about ``BUSY_SECONDS``. Returns how many people were told."""
    stop_at = time.monotonic() + BUSY_SECONDS
    with scopes_disabled():
        waiting = list(
            FanOut.objects.filter(done_at=None).order_by("id").values_list("pk", flat=True)[:BATCH]
        )
        told = 0
        for pk in waiting:
            while time.monotonic() < stop_at:
                found = advance(pk)
                if found is None:
                    break
                told += found
    return told


@transaction.atomic
def advance(pk: int) -> int | None:
    """Owe the message to the next batch of followers. None when there are no more, or another worker is at it."""
    rows = FanOut.objects.select_for_update(skip_locked=True, of=("self",))
    row = rows.filter(pk=pk, done_at=None).first()
    if row is None:
        return None
    reached, seen, told = _tell(row)
    row.reached, row.told = reached or row.reached, row.told + told
    if seen < BATCH:
        row.done_at = timezone.now()
    row.save(update_fields=["reached", "told", "done_at"])
    if told:
        transaction.on_commit(lambda: waking.wake(Lane.BULK), robust=True)
    return told


def _tell(row: FanOut) -> tuple[int | None, int, int]:
    """The last follower of the batch, how many were in it, and how many of them are owed the message by it."""
    with connection.cursor() as cursor:
        cursor.execute(
            TELL.replace("{unless}", UNLESS if row.unless_told else ""),
            {
                "municipality": row.municipality_id,
                "type": row.content_type_id,
                "object": row.object_id,
                "reached": row.reached,
                "batch": BATCH,
                "key": row.key,
                "about_type": row.about_type_id,
                "about": row.about_id,
                "delivery_key": row.delivery_key,
                "unless_told": row.unless_told,
                "request_id": row.request_id,
                "owed_at": row.created_at,
            },
        )
        reached, seen, told = cursor.fetchone()
    return reached, seen, told
