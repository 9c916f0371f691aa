"""Folding changes of the map into the cells of every level.

A change is a row of its own (``MapChange``), so that many reports at once in one street wait for nothing. Readers add
the changes that are not folded yet, so a report is on the map as soon as it was received.
"""

from django.db import connection, transaction

from buurtschouw.domain.mapping.grid import COARSEST, FINEST

BATCH = 20_000
# Whose turn it is: two jobs at once would wait for each other's cells in another order.
_TURN = 7_305_418_311

_FOLD = """
WITH taken AS (
  DELETE FROM buurtschouw_mapchange
  WHERE id IN (SELECT id FROM buurtschouw_mapchange ORDER BY id LIMIT %(batch)s)
  RETURNING municipality_id, x, y, area_id, category_id, schouw_id, kind, is_open, reports, longitude, latitude
), counted AS (
  INSERT INTO buurtschouw_mapcell AS cell
    (level, municipality_id, x, y, area_id, category_id, schouw_id, kind, is_open, reports, longitude, latitude)
  SELECT level, municipality_id, x >> (%(finest)s - level), y >> (%(finest)s - level), area_id, category_id,
    schouw_id, kind, is_open, sum(reports), sum(longitude), sum(latitude)
  FROM taken CROSS JOIN generate_series(%(coarsest)s, %(finest)s) AS level
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ON CONFLICT (municipality_id, level, x, y, category_id, area_id, schouw_id, kind, is_open) DO UPDATE SET
    reports = cell.reports + excluded.reports,
    longitude = cell.longitude + excluded.longitude,
    latitude = cell.latitude + excluded.latitude
  RETURNING 1
)
SELECT (SELECT count(*) FROM taken), (SELECT count(*) FROM counted)
"""
_EMPTY = "DELETE FROM buurtschouw_mapcell WHERE reports = 0"


def fold(batch: int = BATCH) -> int:
    """Fold the oldest ``batch`` changes of all municipalities into the cells; how many there were.

    Does nothing, and returns 0, while another job is folding. A batch is one transaction: a reader sees each change
    either as a change or in the cells.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_FOLD, {"batch": batch, "coarsest": COARSEST, "finest": FINEST})
        taken: int = cursor.fetchone()[0]
        if taken:
            cursor.execute(_EMPTY)
    return taken


def fold_all() -> int:
    """Fold until nothing is left; how many changes there were."""
    total = 0
    while taken := fold():
        total += taken
    return total
